"""Which phrases above a column name a field, and which name none?

Phrases are in canonical words (synonyms.py), so "Telefoonnummer" and "Phone No." are one phrase: "phone number".
A phrase after `~` is only a hint, which the values must bear out.
"""

LABELS: dict[str, str] = {
    "full_name": """
        full name; contact name; customer name; attendee name; person name; lead name; user name; display name;
        complete name; client name; subscriber name; ~name; ~contact; ~attendee; ~customer; person; ~lead; ~nom; user
        name original name; name original name; nom complet; nom et prenom; nom prenom; prenom et nom; prenom nom;
        nombre completo; nome completo; nombre y apellidos; first and last name; first last name; first name last
        name; first name and last name; last name first name; last name and first name; volledige naam; voor en
        achternaam; vollstandiger name; vor und nachname; vor und zuname; name first name; last first name; name and
        surname; your name; nome e cognome; name of contact; contact person; contact person name; ~user; ~member;
        ~nombre; ~nome; ~candidate; ~student; ~guest; ~client; respondent name; employee name; ~sender name; buyer
        name; shipping name; billing name; recipient name; ~subject; name voluit; name voornaam achternaam; name first
        last; name contact; decision maker; decision maker name; key contact; key contact name; badge name; name on
        badge; screen name; ~invitee; invitee name; ~contact full name; reported by; ~file as; <name relatie; name
        aanvrager; name inschrijver
    """,
    "salutation": """
        salutation; name prefix; honorific prefix; ~title; ~prefix; ~greeting; mr ms; mr mrs; mr mrs ms; courtesy
        title; dhr mevr; dhr mw; m mme; herr frau; honorific title; ~letter salutation; form of address; personal
        title; ~appellation; ~gender; tav; briefanrede; title salutation
    """,
    "initials": """
        initials; initialen voorletters; ~middle initial
    """,
    "first_name": """
        first name; given name; fore name; ~nombre; ~nome; first; nickname first name; first names; legal first name;
        ~prenoms; ~voor name; primer nombre; nombre de pila; <prenom usage
    """,
    "infix": """
        infix; name infix; last name infix; ~prefix; last name prefix; surname prefix; particule; ~middle; nobiliary
        particle; last name voorvoegsel; tussen voegsel
    """,
    "last_name": """
        last name; family name; second name; ~nom; ~name; last; nom de famille; nom famille; sur name; legal last
        name; ~nombre familiar; last names; ~zu name; zuname
    """,
    "email": """
        " email; email address; email id; adresse email; address email; email value; correo; correo electronico;
        electronic address; electronische post; posta elettronica; email contact; contact email; email 1; email
        address 1; confirmed email; opt in email; e post; ~login; ~username; email 1 value; ~user id; unique email;
        email verified address; <internet address; ~contact info; address electronique; <email from; normalized email;
        verified email; email verified; correo electronico work
    """,
    "phone": """
        " " phone; phone number; phone 1; number phone; phone value; phone 1 value; contact number; ~contact no;
        contact phone; landline; land line; fixed line; telefoon vast; vast nummer; phone vast; phone vaste; vaste
        phone; vaste lijn; festnetz; festnetznummer; phone fixe; ligne fixe; ~fixe; doorkiesnummer; direct dial;
        direct phone; direct line; <switchboard; phone work; phone office; work phone; office phone; primary phone;
        main phone; main line; ph; ph number; ~call number; phone with country code; phone contact; phone day; phone
        switchboard; ~sms phone number; ~whatsapp; ~whatsapp number; phone zakelijk; <phone centrale; <centrale;
        telefoonnummer1; <phone algemeen; algemeen phone; algemene phone; algemeen nummer; phone or mobile; phone
        mobile number; ~contact details; phone ext; ~phones; durchwahl; zentralnummer; voice; <phone whatsapp;
        <company phone; <home phone; landline number; land line number; direct number; ~work; ~office; telefonnr
        geschaftlich; direct phone number; ligne directe; <hoofdnummer; algemeen phone number; phone number combined;
        phone central; phone accueil
    """,
    "mobile": """
        mobile; mobile number; mobile phone; mobile phone number; phone mobile; phone mobile number; cell phone; cell
        phone number; phone portable; ~portable; number mobile; number portable; numero de portable; phone mobil;
        mobile 1; phone cell; mobile value; mobile phone value; sms number; sms; phone 06; 06 number; mobile work;
        work mobile; mobile phone 1; movil phone; phone movil; mobile telephone; contact mobile; ~whatsapp phone
        number; whatsapp mobile; mobile direct; direct mobile
    """,
    "job_title": """
        " job title; job; ~title; position; <role; ~position title; job position; job role; <job function; <function;
        <occupation; <profession; <designation; company title; current position; current title; current job title;
        <business title; work title; title position; <poste; intitule du poste; position in company; function in
        company; job title function; function title; role in company; work position; ~your role; function job title;
        title job; ~beruflich; puesto de trabajo; ~functiegroep; job description; professional title; ~headline;
        company position; ~seniority; title role; role title; title function; stellung; positionsbezeichnung; position
        bezeichnung; poste occupe; rol; funktion im company; function company; positie; fonction exercee; beroep;
        ~persona; functie groep; tatigkeit; tatigkeitsbereich; ~bereich
    """,
    "department": """
        department; dept; division; ~service; ~team; ~unit; business unit; company department; department name; office
        department; department division; job department; organisatieonderdeel; fachbereich; ~bereich
    """,
    "organisation": """
        " company; company name; ~account; ~accounts; account name; business name; ~business; name company; nom
        company; nom de la company; raison sociale; denominazione; company or organisation; current company;
        ~relation; relation name; ~customer; ~customer name; ~name; ~client; company 1 name; company 1; <company legal
        name; <legal name; <legal entity; <trade name; <trading name; <legal company name; company account name;
        <institution; <university; <school; ~school name; institution name; ~nom; ~vendor; ~supplier; ~supplier name;
        ~vendor name; company account; <parent account; <parent company; <affiliation; <associated company;
        <associated company name; ~associated company primary; company in english; practice name; <store name; ~shop;
        agency; ~agency name; ~partner; ~partner name; ~brand; ~brand name; nombre company; nome company; ragione
        sociale; razon social; name bedrijf; billing company; shipping company; company related; ~employer name;
        company domain name label; company registered name; ~dealer name; ~club; entity name; <entity; ~startup;
        startup name; ~lead company; ~kunde; ~name of firm; <practice; hospital; hospital name; hotel name; restaurant
        name; facility name; startup company; office name; ~structure; relatienaam; debiteurnaam; debiteur; ~debitor;
        ~etablissement; statutaire name; parentcustomerid; <college; ~college name; <university name; name school; wat
        is name company; what is name company; name structure; <name relatie; <relatie; firmenbezeichnung; firmierung;
        ~dealer; ~hotel; ~praktijk; ~praxis; ~verein; ~kanzlei; ~mandant; ~stichting; ~vereniging; ~name 1; nombre
        comercial; company lead
    """,
    "website": """
        " website; web; web site; company website; web address; website url; <domain; <domain name; <company domain;
        <company domain name; ~link; web page; company url; ~website 1 value; website value; website 1; home page; url
        website; company web page; web url; page web; site web; site internet; website address; website link; ~email
        domain; <primary domain; website domain; domain website
    """,
    "street": """
        " street; ~address; street address; address 1; address line 1; address line; address 1 street; street 1;
        address street; <full address; street and house number; street house number; street name; street number;
        street address 1; streetaddress; address1 line1; street address line 1; address 1 street 1; street and number;
        street en huisnummer; street en number; address line1; addressline 1; number et street; visiting address;
        bezoekadres; <postadres; <vestigingsadres; <factuuradres; domicilio; street line 1; address 1 line 1; <address
        text; ~via; ~location address; <address details; street u house number; street hausnr; street hnr; street nr;
        <address full; postanschrift; anschrift; <address formatted; adresregel 1; address number; ~formatted address;
        ~strassenadresse; address postale; bezoekadres street; address ligne 1; address regel 1; ~voie; ~number et
        voie; number voie; voie number
    """,
    "house_number": """
        " house number; ~hnr; street number suffix; ~house; number house; civic number; house number suffix; ~number
        street; building number; house number addition; house nr toevoeging; house number toevoeging; address house
        number; numero de rue; numero de voie; huisnummer en toevoeging; house number and addition; ~number; haus
        number; huis number; haus nr
    """,
    "postcode": """
        postcode; postal code; code postal; post code; zip postal code; zip code; postcode zip; zip or postal code;
        postal code zip; codigo postal; codice postale; zip postcode; postal zip code; postal zip; address postcode;
        address zip code; address postal code; address 1 postcode; address 1 postal code; postcode 6; pc; postcode
        cijfers; zip code postal code; pin code; pincode; eircode; postcode city code; pc6; pc 6; postcode letters;
        ~codigo; postal code 1; postcode bezoekadres; postcode postadres
    """,
    "city": """
        city; city town; town city; place; address city; city name; ~location; address 1 city; ~city state; city
        address; ~metro; ~plaats naam; ~via city; city of residence; town name; place name; city or town; ~current
        city; suburb city; city locality; ~place of residence; city bezoekadres; city postadres; ~standort; ~lieu; plz
        ort
    """,
    "region": """
        " region; state; state province; province state; state region; state or province; address state; address
        region; address 1 region; address 1 state; <county; address 1 state or province; <state code; <province code;
        region name; state name; ~area; province region; region state; address state province; state territory;
        ~territory; address province; region province; state county; county state; ~departement; ~district; state
        province region; geo region; ~kreis; state prov; prov; province region name; federal state; ~us state;
        ~address 1 county; ~geography; ~sub region; state abbreviation; <region; address 1 stateorprovince;
        stateorprovince; state or region
    """,
    "country": """
        country; country region; region country; country name; country region name; address country; address 1
        country; country code; country of residence; ~nationality; ~locale country; country region code; ip country;
        location country; country territory; country state; ~nation; country iso; countrycode; land code; landcode;
        iso country; address country code; address 1 country region; country or region; ~geo country; country iso
        code; country iso2; residence country; company country name; country iso 2 code; iso 2 code; country iso 3
        code
    """,
    "language": """
        language; preferred language; language code; language preference; communication language; correspondence
        language; spoken language; ~locale; ~preferred locale; first language; language name; system language; contact
        language; native language; ~browser language; browser locale; mother tongue; gewunschte language; language
        spoken; web browser language; voorkeurstaal; voorkeurs language; bevorzugte language; gewenste language
    """,
    "industry": """
        " " industry; industry name; company industry; company sector; business sector; <line of business; ~vertical;
        industry sector; sector industry; industry type; ~business type; <sbi; ~sbi code; ~naics; <sbi description;
        <sbi omschrijving; ~sic description; <industry segment; market sector; industry vertical; ~activity sector;
        secteur dactivite; secteur activite; secteur d activite; ~branch; type of industry; type of business;
        <industry group; ~nature of business; ~market; industry 1; ~kernactiviteit; hoofdactiviteit; ~speciality;
        industry category; sub industry label; industry activity; branchebezeichnung; branch of industry; ~activiteit;
        ~activiteiten; ~activite; activite principale; bedrijfsactiviteit; sbi code description; nace description;
        libelle naf; libelle ape; naics description; primary sic description; primary naics description; <sub
        industry; naf label; branche company; in welche industry ist company tatig; what is industry; wat is industry
    """,
    "employees": """
        employees; number employees; number of employees; employee count; company size; size company; company
        employees; employee range; employees range; company employee count; total employees; size of company;
        workforce size; workforce; organisation size; ~size; aantal employees; anzahl employees; nombre employees;
        nombre d employees; taille company; taille de l company; company headcount; number employees range; number of
        staff; staff count; bedrijfsgrootte; unternehmensgrosse; firmengrosse; number fte; aantal fte; team size;
        company size range; company size employees; employees total; business size; full time employees; ~estimated
        number of employees; omvang; grootte company; employee size; number employees company; bedrijfsomvang; company
        omvang; ~personnel; grootteklasse; werkzame personen; number werkzame personen; aantal werkzame personen;
        personen; estimated employees; employees on site; ca employees; tranche employees; tranche d employees;
        employee size actual; aantal medew; ma anzahl; ~ma; nb employees; nb de employees; nombre collaborateurs;
        nombre de collaborateurs; collaborateurs; anzahl der employees; employee bracket
    """,
    "revenue": """
        revenue; annual revenue; yearly revenue; annual turnover; company revenue; revenue range; annual sales; total
        revenue; sales revenue; chiffre affaires; chiffre d affaires; ca annuel; ~yearly income; annual revenue range;
        company annual revenue; estimated annual revenue; revenue eur; revenue usd; annual revenue usd; annual revenue
        eur; revenue year; revenue in eur; jaarlijkse revenue; company turnover; ~omzet klasse; revenue k; revenue m;
        estimated revenue; annual revenue converted; revenue estimate; jahres revenue; last year revenue; revenue last
        year; ~ca; sales volume; sales volume actual; revenue annuel; chiffre d affaires annuel; chiffre affaires
        annuel; ~volume sales
    """,
    "channel": """
        channel; lead channel; marketing channel; source channel; original source; original source type; ~medium;
        source type; ~lead source; ~source; ~lead type; ~record source; ~latest source; channel source; lead source
        type; ~lead origin; acquisition channel; ~traffic source; ~utm medium; ~soort bron; contact channel; ~type
        lead; ~campaign type; ~campaign channel; ~source category; ~via; ~how; campaign medium; channel name; inquiry
        type; ~origin; original traffic source; ~category source; ~first touch channel; traffic medium; ~traffic
        channel; canal acquisition
    """,
    "campaign": """
        campaign; campaign name; campaign title; utm campaign; event name; ~event; event title; marketing campaign;
        campaign source name; source campaign; primary campaign source; primary campaign; webinar name; webinar title;
        webinar topic; lead campaign; campaign event; trade show; tradeshow; trade fair; show name; fair; ~topic
        webinar; form campaign; first campaign; last campaign name; ~promotion; ~actie; campaign code; beursnaam;
        messename; marketing event; event campaign; ~meeting topic; campaign label; session title; ~webinar; original
        campaign; ~ad campaign; ad campaign name; salon; name salon; conversion campaign; most recent campaign; latest
        campaign; ~session name; nome event; nom event; messe name; beurs name; veranstaltungsname; nom salon; name
        campaign; nom campaign; ~aktion; ~operation; ~evenementiel; linkedin campaign; facebook campaign; google
        campaign; event name registered
    """,
    "source_detail": """
        " lead source; source; ~lead origin; source detail; source details; source name; lead source detail; lead
        source details; lead source description; original source drill down 1; original source drill down 2; original
        source data 1; referral source; how did you hear about us; how did you hear; how did you find us; how did you
        hear of us; how did you know about us; ~how did you hear about; heard about us; where did you hear about us;
        source of lead; lead generation source; contact source; traffic source; utm source; hoe heeft u ons gevonden;
        hoe kent u ons; hoe heb je ons gevonden; ~referrer; ~referred by; acquisition source; first source; signup
        source; enquiry source; inquiry source; source medium; original source data; source source; sub source; ~found
        us via; wie haben sie von uns erfahren; comment nous avez connu; comment avez vous entendu parler de nous;
        <source url; ~landing page; <form name; ~first page; ~first page seen; ~first url; ~conversion page; ~utm
        content; ~page name; ~referring site; customer source; account source; lead provider; ~sourced from; ~first
        conversion; source lead; ~optin source; discovery source; lead acquisition source; ~ad name; ~referrer url;
        <registration source; ~lead list; ~list name; <list source; <website source; <data source; how you heard about
        us; how they heard about us; how did you hear about this event; how did you hear about this webinar; ~source
        system; ~record source; how found us; hoe kende u ons; <acquired by; <acquisition program; first touch source;
        original lead source; last touch source; lead source original; herkunft lead; apporteur; ~source campaign
    """,
    "occurred_at": """
        " " created; created at; created on; created date; create date; date created; created time; creation date;
        creation time; create time; date time created; created date time; timestamp; ~date; ~time; date time;
        registration time; registration date; date registered; registered at; registered on; registered; registered
        date; signup date; sign up date; sign up time; signup at; submission date; submission time; submitted at;
        submitted; submitted on; submit date; submit time; date submitted; form submission date; ~submission; date
        added; added at; added on; added; date entered; entered at; entry date; lead date; date of lead; lead created;
        lead created date; lead create date; lead creation date; lead generated date; date scan; scan date; scan time;
        scanned at; scanned; scanned on; scan timestamp; scan date time; gescand op; gescand; date of contact; contact
        date; inquiry date; enquiry date; date enquiry; date inquiry; date of inquiry; date of enquiry; date de
        creation; date created at; created op; created am; date created on; <order date; ~order time; received;
        received at; received on; date received; <optin time; <optin date; <opt in date; <opt in time; <optin
        timestamp; <confirm time; subscribe date; subscription date; subscribed at; subscribed on; ~join date; ~date
        joined; ~join time; <joined at; <joined; date aanmelding; date inschrijving; inschrijf date; aanmeld date;
        date registration; date d inscription; date inscription; registration date time; registration timestamp;
        registration at; <first contact date; captured at; captured on; capture date; capture time; <event date;
        ~start date; eingegangen am; eingang; eingangsdatum; ~posted at; ~date of visit; <visit date; date visit;
        bezoekdatum; date bezoek; erfasst am; erfassungsdatum; kontaktdatum; request date; date request; date of
        request; request time; requested at; date aanvraag; ~completed at; <completion time; <completed; response
        date; ~response time; ~start time; date of submission; date of registration; time of registration; date time
        submitted; created timestamp; ~ingevoerd op; ~ingevoerd; ~inserted at; record created; record creation date;
        date captured; lead captured at; ~purchase date; ~visit time; lead time; time created; time submitted; time
        scanned; ~attended on; <date first contact; ~first seen; signed up; signed up at; sign up; member since;
        ~client since; ~customer since; first visit; lead creation time; application date; date of application; ~call
        date; ~datum tijd; inserted; ontvangen op; ontvangen; submitdate; date tijd; ~fecha registro; <meeting date;
        <booking date; <date gesprek; aanvraagdatum; erstelldatum; anlagedatum; ingevuld op; ingevuld; eingang am;
        date demande; besuchsdatum; bezoekdag; <added time; <added date; added date time; data order; data ordine;
        data iscrizione; data registrazione; data creazione; data di registrazione; <kontakt am; besuch am; gesprek
        op; <date first seen; <activation date; date subscribed; ingeschreven op; inschrijving op; aangemeld op;
        <besteldatum; <bestelldatum; <date commande; <date de commande; scan moment; scanmoment; erfassungszeit;
        erfasst; erfasst von bis; toegevoegd op; hinzugefugt am; hinzugefugt; ajoute le; date d ajout; date ajout;
        soumis le; date soumission; date et time; date en time; date und time; date der anfrage; date anfrage; signup
        timestamp; <conversion date; <date conversion; <date demande devis; date prise contact; date de prise de
        contact; <date rdv; ~date activite; date registratie; registratie date
    """,
    "consent_email": """
        " opt in; optin; email opt in; opt in email; marketing opt in; email consent; consent email; marketing
        consent; <consent; consent marketing; newsletter; newsletter subscription; newsletter opt in; newsletter
        signup; newsletter sign up; subscribe newsletter; subscribe to newsletter; subscribed to newsletter; accepts
        marketing; accepts email marketing; email marketing consent; marketing permission; marketing permissions; gdpr
        consent; <gdpr; permission to email; may we email; may email; ok to email; subscribed; email subscribed; email
        subscriber; ~subscribe; agree marketing; email permission; toestemming; toestemming email; toestemming
        mailing; toestemming marketing; akkoord email; akkoord newsletter; newsletter ja nein; newsletter
        einwilligung; einwilligung; einwilligung email; einverstandnis; werbeeinwilligung; marketing optin; optin
        newsletter; consentement; consentement email; inscription newsletter; abonnement newsletter; opt in marketing;
        opt in newsletter; wil newsletter; newsletter gewunscht; ontvangt newsletter; newsletter ontvangen; receive
        newsletter; wants newsletter; email optin; marketing email opt in; has opted in; opted in; agreed to
        marketing; agreed to be contacted; consent to contact; contact consent; <privacy consent; marketing emails;
        email marketing; ok email; allow email; ~gdpr optin; <dsgvo; avg akkoord; <avg; avg toestemming; <rgpd; gdpr
        agreement; gdpr opt in; <consent given; <has consent; marketing agreement; akkoord marketing; akkoord contact;
        <data consent; communication consent; marketing allowed; consent to marketing; email allowed; allow marketing;
        <akkoord; subscribed to emails; email updates; promotional emails; send newsletter; ontvang newsletter;
        newsletter toestemming; mailing; mailings; werbeerlaubnis; newsletter abonniert; newsletteranmeldung;
        newsletter anmeldung; abonne newsletter; abonne; accord rgpd; rgpd accord; agrees to be contacted; double opt
        in; einverstandnis email; dubbele opt in; reclame; email marketing toegestaan; werbung ja nein
    """,
    "consent_phone": """
        phone consent; consent phone; phone opt in; call consent; may call; may we call; ok to call; toestemming
        phone; toestemming bellen; opt in phone; permission to call; call permission; telefonische toestemming;
        einwilligung phone; phone permission; sms consent; sms opt in; accepts sms marketing; sms marketing consent;
        akkoord bellen; akkoord phone; mag gebeld worden; consent to call; mag bellen; phone allowed; bellen
        toegestaan; call opt in; phone optin; allow phone; opt in telemarketing; consentement phone; opt in sms
    """,
    "opt_out_email": """
        email opt out; opt out email; opt out of email; opted out of email; has opted out of email; opt out; optout;
        opted out; unsubscribed; unsubscribe; unsubscribed from all email; unsubscribed from email; email
        unsubscribed; do not email; do not mail; donotemail; do not bulk email; do not allow bulk emails; do not allow
        emails; do not contact; niet mailen; geen mail; geen email; keine email; keine mails; ne pas envoyer de mail;
        email optout; uitgeschreven; afgemeld; no email; no mail; no emails; emailoptout; mailing opt out; blacklist;
        blacklisted; nicht anschreiben; ~bounced or unsubscribed; do not send email; unsubscribed at flag; opted out
        email; email blacklisted; desabonne; desinscrit; abgemeldet; is unsubscribed; unsubscribed newsletter; no
        marketing; do not market; do not send marketing; exclude from email; email suppressed; suppress email; opt out
        marketing; marketing opt out; newsletter opt out; mail opt out; geen mailing; bezwaar mailing; global
        unsubscribe; unsub; allow email no; out out email; mailsperre; mailverbot; werbesperre; afmelding newsletter;
        newsletter afmelding; newsletter abgemeldet; opposition email; refus email; refus emailing; desinscrit
        newsletter; newsletter desinscrit; stop email; no marketing emails; email bounced or opt out; email disabled
    """,
    "opt_out_phone": """
        " do not call; do not phone; donotcall; do not allow phone calls; phone opt out; call opt out; opt out phone;
        niet bellen; bel me niet; nicht anrufen; keine anrufe; ne pas appeler; do not call flag; do not call list; bel
        niet; bmnr; bel me niet register; dnc; dncr; opted out of phone; has opted out of phone; no call; no calls; do
        not call me; opt out telemarketing; ~has opted out of fax; do not phone call; phone blacklisted; do not allow
        calls; opt out call; sms opt out; no telemarketing; liste rouge; donotphone; telefonsperre; phone werbung
        nein; bloctel; opposition phone; ne pas demarcher par phone; ne pas demarcher; demarchage refuse; stop sms
    """,
    "notes": """
        " notes; description; message; ~subject; lead notes; contact notes; lead description; lead message; additional
        notes; ~additional information; ~additional info; inquiry; enquiry; inquiry message; free text; <text; memo;
        internal notes; message body; <body; conversation notes; call notes; meeting notes; sales notes; ~follow up
        notes; questions; questions comments; questions and comments; comments questions; question; questions notes;
        how can we help; how can we help you; how can we help you today; requirements; requirement; vrije tekst; notes
        scan; notes beurs; gesprek notes; gespreksnotitie; gespreksnotities; gesprekverslag; gespraksnotiz;
        gesprachsnotiz; gesprachsnotizen; gesprachsnotiz text; internal notes text; notes 1; rep notes; scan notes;
        customer note; customer notes; note attendee; notes message; message notes; <infos; ~info; ~remarks text;
        booth notes; qualifier notes; details notes; qualification notes; ~details; your message; beschreibung notes;
        toelichting text; special notes; order notes; ~history; enquiry details; inquiry details; additional notes
        text; other notes; ~more information; <background; <background info; <about; ~about me; lead notes text;
        ~biography; visit notes; <feedback; note content; notes description; beknopte notes; visitor notes; memo text;
        ~project description; <bio; interactions notes; conversation; freitext; anliegen; ihr anliegen; nachricht
        text; ~reden bezoek; ~vrije velden; ~extra informatie; ~overige informatie; ~aanvullende informatie;
        ~sonstiges; gesprachsinhalt; any other notes; besonderheiten; zusatzinfo; zusatzinformationen; bijzonderheden;
        informations complementaires; compte rendu; gespreksinhoud; samenvatting gesprek; zusammenfassung; ~vrij veld;
        ~freitextfeld; notes stand; notes libre; notes libres; notes internes; interne notes; notes interne; ihre
        frage; uw question; ihre question; votre question; votre demande; ~anfrage; ~aanvraag; ~demande; ~extra info;
        ~overig; ~overige; sonstige angaben; ~sonstige; notes des vertriebs; notes vertrieb; notes sales; notes
        commercial; precisions; ~wat is je question; ~info sup; ~complement; gespreksverslag; bem
    """,
    "interest": """
        " " interest; interests; product interest; interest product; area of interest; areas of interest; interest in;
        <product; product of interest; products of interest; service interest; product interests; <topic; <solution;
        solutions; topics; topic of interest; topics of interest; ~subject; ~service; ~services; ~course; <product
        name; products; product interested in; service of interest; solution of interest; productinteresse;
        produktinteresse; interest area; interest areas; interessegebieden; interest category; <product category
        interest; <product group; productgroep; thema; themen; onderwerp; onderwerpen; interest products; which
        product; solution interest; ~category; ~needs; ~product line; ~module; course interest; ~program; program of
        interest; interest solutions; ~opportunity; ~opportunity name; product interested; which products interest
        you; interessiert an; produkt interessen; ~product interesse; interest topic; interested product; requested
        product; ~product type; <service requested; ~services requested; course of interest; session interest; product
        s; wishes; model of interest; ~model; produktgruppe; product enquiry; ~solution area; product service; product
        or service; produits interests; centre d interest; centres d interest; interested course; solution type;
        ~package; asked for; ~aanvraag; product needed; product inquiry; ~product category; ~products discussed;
        interest par; interesseprofiel; ~besoin; ~besoins; ~bedarf; ~behoefte; ~behoeften; produktbedarf;
        productbehoefte; waar gaat uw interest naar uit; wofur interessieren sie sich; interessensgebiete; interest
        fur; ~produits; services of interest; theme; themes; ~thematique; interest voor; ~diensten; ~leistungen;
        ~dienstleistung
    """,
    "lead_status": """
        " lead status; ~status; lead stage; ~stage; contact status; status lead; <lifecycle stage; lead state;
        pipeline stage; sales stage; ~phase; ~fase; status reason; <deal stage; lead status name; lifecycle; ~state
        lead; prospect status; <lead lifecycle stage; phase lead; <customer status; ~follow up status; lead phase;
        <opportunity stage; status of lead; ~qualification; qualification status; lead qualification; prospect stage;
        funnel stage; sales status; leadstatus; <stage name; ~disposition; lead disposition; call outcome status;
        status naam; <current status; crm status; ~registration status; ~attendee status; ~approval status; pipeline
        status; <status code; ~stage pipeline; verkoopfase; status label; ~account status; member status; lead status
        label; approach status; customer stage; lead category stage; status name; ~stadium; ~etape; call outcome;
        <belstatus; <belresultaat; <anrufstatus; anrufergebnis; call result; call status; gespreksresultaat; ~result;
        ~resultaat; ~resultat; ~ergebnis; ~outcome; bearbeitungsstatus; statut commercial; lifecycle status;
        ~kwalificatie; ~qualifikation; relationship status; verkaufsphase; vertriebsphase; etape pipeline; etat lead;
        etat prospect; opvolgstatus; stand van zaken; fase verkoop; call disposition; uitkomst gesprek; uitkomst;
        gesprachsergebnis; resultat appel; resultat appels; ~pipeline; statut prospect; statut client; ~opvolging;
        patron status; ~classification
    """,
    "score": """
        " score; lead score; ~rating; hubspot score; contact score; lead scoring; <engagement score; lead rating;
        ~member rating; <total score; <points; lead points; score lead; prospect score; ~grade; <fit score; <behavior
        score; <behaviour score; <interest rating; ~profile score; ~activity score; asymmetrique profile score;
        ~asymmetrique activity score; lead score points; interest level score; overall score; <ai score; <predictive
        score; predictive lead score; <likelihood to close; ~lead grade; <customer fit score; einstein score;
        <demographic score; leadscore; lead scorings; ~interest rating number; ~probability; scorewert; ~hot warm
        cold; ~temperatuur; ~temperature; ~abc; lead temperature
    """,
    "owner": """
        " " owner; lead owner; <account owner; contact owner; <company owner; owner name; owner full name; record
        owner; assigned to; ~assigned; assignee; <account manager; <sales rep; sales representative; <sales person;
        <salesperson; ~rep; rep name; sales owner; <account executive; ~sales; responsible; responsible person;
        responsible user; assigned user; assigned user name; ~user; assigned rep; verantwoordelijke; verantwoordelijk;
        verkoper; vertegenwoordiger; zustandig; zustandiger; verkaufer; aussendienst; vertriebsmitarbeiter;
        commercial; responsable; commercial en charge; ~agent; agent name; <sales agent; hubspot owner; lead assigned
        to; assigned to name; assigned to user; lead owner name; contact owner name; user assigned; team member; owned
        by; behandelaar; sales team member; ~scanned by; bearbeiter; sachbearbeiter; ~manager; lead manager;
        <relationship manager; bdm; business development manager; <sales manager; owner alias; sales contact; internal
        owner; ~captured by; account rep; ~contact owner email; ~owner email; sales executive; lead handler; handled
        by; sales person name; sdr; bdr; account exec; rep assigned; account manager name; deal owner; attribue a;
        comercial; owner lead; owner contact; owner account; verantwortlicher; verantwortliche; zustandiger employees;
        vertriebler; contact intern; interner contact; toegewezen aan; zugewiesen an; charge affaires; charge d
        affaires; ~behandeld door; salesperson name; ~opvolgen door; opvolger; sales verantwoordelijke;
        verantwoordelijke sales; verantwoordelijke verkoper; ~zustandigkeit; vertriebsbeauftragter;
        vertriebsverantwortlicher; <verantw employees; charge clientele; charge de clientele; responsable commercial;
        commercial attribue; ~gestionnaire; assigned agent; ~opgevolgd door; ~toegewezen; toegewezen verkoper;
        assigned salesperson; klantverantwoordelijke; ~conseiller; ~adviseur
    """,
    "external_id": """
        " " " id; record id; lead id; contact id; customer id; customer number; lead number; prospect id; person id;
        ~user id; ~account id; ~company id; <member id; attendee id; registrant id; <registration id; unique id;
        external id; contact number id; record number; lead record id; contact record id; internal id; ~row id; ~order
        id; ~order number; <response id; <submission id; <entry id; ~number; <reference number; ~reference; ref
        number; ~ref; client number; client code; customer code; customer key; ~code; relation number; relation id;
        contact code; contact key; lead key; attendee number; participant number; participant id; badge id; badge
        number; ~barcode; ticket id; ~ticket number; visitor id; subscriber id; ~leid; euid; <account number; hubspot
        id; salesforce id; zoho id; crm id; crm number; debtor number; ~kvk number; registration number; ~organisation
        id; external key; lead code; lead reference; lead ref; <source id; <system id; contact 18 id; lead 18 id;
        client reference; customer ref; customer reference; ~dossier number; ~file number; id number; <profile id;
        respondent id; <confirmation number; scan id; visitor number; bezoekersnummer; teilnehmernummer;
        deelnemersnummer; ~vendor id; record; <entity id; <partner id; contact guid; <object id; lead uuid; ticket
        barcode; <original id; <import id; <legacy id; <old id; member number; lidnummer; mitgliedsnummer; reg id;
        ~aanvraag number; id lead; id contact; id customer; id client; id person; lead no; lead serial number;
        customer no; enquiry id; inquiry id; enquiry number; application number; relatiecode; registrierungs id;
        numero client; code client; ref client; code member; code customer; code company; ~contact number; ~phone
        number id; hs object id; datensatz id; vorgangsnummer; aanvraagnummer; ~lead; ~contact; badge; lead nr; numero
        lead; ticketcode; ticket code; badgecode; badge code; registratienummer; registrierungsnummer; registratie
        nummer; number inscription; number d inscription; kdnr; kd number; code tiers; <guid; <registration code;
        number dossier; number adherent
    """,
    "tags": """
        tags; ~group; ~segment; contact tags; lead tags; group membership; ~categories; ~category; keywords; ~list;
        ~lists; contact groups; contact group; segments; customer tags; contact tag; ~list membership; ~groups;
        ~segmente; categories tags; contact lists; labels tags; segment name; ~customer segment; ~trefwoorden; ~mots
        cles; ~lijsten; ~mailing lists; ~marketing lists; ~verteiler; ~gruppen; ~mailing list
    """,
    "linkedin_url": """
        linkedin; ~website; ~link; ~profile; ~social; ~social profile; ~social media; linkedin url; linkedin profile;
        linkedin profile url; linkedin bio; linkedin link; person linkedin url; linkedin page; linkedin public
        profile; linkedin profile link; linkedin contact profile url; linkedin account; profile linkedin; profil
        linkedin; linkedin address; li url; ~profile url; linkedin contact; linkedin member url; li profile url; li
        profile; contact li profile url; lien linkedin
    """,
    "birth_date": """
        birthday; birth date; date of birth; date birth; date de birthday; date naissance; geb date; geb dat;
        gebdatum; fecha de nacimiento; data di nascita; born; born on; d o b; geboren; geboren am; geb am; ne le; ne e
        le; annee naissance; geburtsjahr; geboortejaar
    """,
    "is_customer": """
        is customer; existing customer; current customer; customer yes no; ~customer; already customer; are you
        customer; are you a customer; are you an existing customer; are you already a customer; is existing customer;
        bestaande customer; bestandskunde; bestaande relatie; is client; client existant; deja client; al customer;
        bent u al customer; customer j n; customer ja nee; is a customer; customer flag; ~kunde ja nein; bereits
        customer; reeds customer; existing client; is current customer; active customer; are you currently a customer;
        stammkunde; neukunde nein; huidige customer; bestehender customer; sind bereits customer; deja customer; are
        already customer; already client; etes deja customer
    """,
    "attended_minutes": """
        time in session; time in session minutes; minutes attended; attended minutes; attendance duration; attendance
        minutes; attendance duration minutes; duration minutes; ~duration; session duration; time attended; total
        time; total duration; time in meeting; meeting duration; in session duration; minutes viewed; ~minutes; total
        attendance time; in session time; viewing time; watch time; minutes watched; time watched; view duration;
        attendance time; total minutes attended; ~time spent; minutes in session; ~total duration minutes; anwesenheit
        minutes; minuten; minuten aanwezig; aanwezig minutes; kijktijd; kijktijd minuten; teilnahmedauer; aanwezigheid
        minuten; anwesenheitsdauer; verweildauer; duree minutes; temps de presence; webinar duration attended; time in
        webinar; time in event; live attendance minutes; aanwezigheidsduur; watched minutes; online minutes; total
        time in session; time in session min; minutes online; duree de connexion; duree de presence; in meeting
        duration; deelnameduur; verbleibdauer; ~duree; duree participation; duur minutes; dauer minutes; ~dauer;
        ~duur; ~anwesenheit; ~aanwezigheid; deelname minutes; session minutes; kijkduur; kijkduur minutes; minutes
        bekeken; minuten bekeken; live duration; zuschaudauer; teilnahmezeit; temps connexion; temps de connexion;
        temps visionnage; temps de visionnage; tijd aanwezig; time aanwezig
    """,
}

NOTHING = """
    user principal name;     fax; fax number; home fax; business fax; modified; modified time; modified on; modified by; modified date; date
    modified; last modified; last modified date; last modified by; last activity; last activity date; last activity
    time; last contacted; last seen; last login; last updated; updated; updated at; updated on; update time; last
    changed; changed; created by; user agent; browser; ip; ip address; latitude; longitude; time zone; timezone;
    suffix; name suffix; middle name; second name middle; nickname; phonetic first name; phonetic last name; phonetic
    middle name; photo; photo url; image; avatar; twitter; facebook; instagram; skype; skype id; pager; telex; isdn;
    callback; car phone; radio phone; spouse; children; hobby; mileage; sensitivity; priority; currency; quantity;
    price; unit price; discount; profit; total; total spent; total orders; amount; balance; tax; iban; vat number; btw
    number; approval status; attended; is guest; ticket type; order type; gender identity; join time; leave time;
    marital status; address 2; address line 2; street 2; po box; postbus; toevoeging; extended address; dieetwensen;
    last conversion; recent conversion; number of sessions; lead owner id; owner id; campaign id; form id; ad id;
    adset id; adset name; is deleted; is converted; converted date; password; age; family status; due date; next step;
    next activity date; close date; closing date; telefax; anniversary; reports to; assistant; manager; duration of
    call; year; month; day; week; weight; height; founded; founded year; twitter url; facebook url; email status;
    email type; email label; user 1; user 2; user 3; user 4; phone type; phone label; address type; address label; email display name; email
    confidence
"""
"""Headers that name no field of a lead, known so that a header row is recognised by them too."""
