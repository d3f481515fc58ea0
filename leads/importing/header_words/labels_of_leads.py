"""Which phrases above a column name where a lead came from, and what became of it?

Phrases are written as labels.py says.
"""

OF_LEADS: dict[str, str] = {
    "channel": """
        channel; lead channel; marketing channel; source channel; original source; original source type; ~medium;
        source type; ~lead source; ~source; ~lead type; ~record source; ~latest source; channel source; lead source
        type; ~lead origin; acquisition channel; ~traffic source; ~utm medium; ~soort bron; contact channel; ~type
        lead; ~campaign type; ~campaign channel; ~source category; ~via; ~how; campaign medium; channel name; inquiry
        type; ~origin; original traffic source; ~category source; ~first touch channel; traffic medium; ~traffic
        channel; canal acquisition; ~original traffic source; ~source du traffic
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
        original lead source; last touch source; lead source original; herkunft lead; apporteur; ~source
        campaign; source du traffic; source traffic; original traffic source; ~heard from; ~found through; ~how
        found
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
        joined; ~join time; ~first join; ~first join time; <joined at; <joined; date aanmelding; date inschrijving; inschrijf date; aanmeld date;
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
        contact; <date rdv; ~date activite; date registratie; registratie date; inscrit le; inscrite le;
        enregistre le; <connection date; connected on; connected at; wanneer gesproken; gesproken op; gesprochen
        am; besproken op; tijd van voltooien; voltooiingstijd; fertigstellungszeit; heure de fin; heure fin;
        <heure de debut; moment gesprek; date gesprek; <first contacted; date enregistrement; date inscr;
        ~wanneer; datum lead; date lead; opt in at; date opt in; lead submit time; lead time submitted; ~uhrzeit
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
        newsletter; newsletter desinscrit; stop email; no marketing emails; email bounced or opt out; email
        disabled; no mailings; no mailing; no newsletters; no newsletter; geen mailings; geen newsletter
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
        commercial; precisions; ~wat is je question; ~info sup; ~complement; gespreksverslag; bem; observation;
        observations; questions asked; questions asked by attendee; questions asked by participant; asked
        questions; notes beller; notes caller; notes call; call notes text; ~actiepunt; ~afspraken; ~vervolg;
        ~was besprochen; besproken; wat is besproken; besprochen; gesprekspunten; latest note; last note
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
        ~dienstleistung; wat wil customer; wat wil de customer; waar interest in; behoefte customer; produkt der
        anfrage; asked product; ~wunsch; ~wens; ~wensen; ~souhait; products of interests; opportunity topic
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
        patron status; ~classification; stage code; lead stage code; lead status code; status cd; hoe warm;
        ~warm koud; ~warm kalt; ~chaud froid; ~heat; lead heat; lifecycle phase; stade; ~stade commercial; stage
        name; opportunity phase; ~belstatus code
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
        assigned salesperson; klantverantwoordelijke; ~conseiller; ~adviseur; our contact; our contact person;
        onze contact; onze contactpersoon; unser contact; notre contact; gesprachspartner intern; intern
        contact; door wie; gesproken door; gesprek door; gesprochen mit intern; comercial asignado; asignado a;
        assegnato a; commerciale; venditore; fur contact zustandiger employees; fur lead zustandiger employees;
        fur company zustandiger employees; zustandiger contact owner; user lead; ~salesrep; ~user id name;
        ~exhibitor member; ~team member name; ~kam; ~commercial interne; suivi par; ~suivi; gevolgd door;
        behandelt door; bezoek door; ~caller; ~beller; ~anrufer; ~appelant
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
        number dossier; number adherent; visitor badge; ~scan code; ~badge id code; k contact; k lead; k
        company; pk; contact pk; lead pk
    """,
    "tags": """
        tags; ~group; ~segment; contact tags; lead tags; group membership; ~categories; ~category; keywords; ~list;
        ~lists; contact groups; contact group; segments; customer tags; contact tag; ~list membership; ~groups;
        ~segmente; categories tags; contact lists; labels tags; segment name; ~customer segment; ~trefwoorden; ~mots
        cles; ~lijsten; ~mailing lists; ~marketing lists; ~verteiler; ~gruppen; ~mailing list; ~contact type;
        ~relation type; ~type relation; ~type contact; ~type company
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
        le; annee naissance; geburtsjahr; geboortejaar; date birthday; anniversaire; date anniversaire; birthday
        date
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
        temps visionnage; temps de visionnage; tijd aanwezig; time aanwezig; duur meeting; duur in meeting;
        dauer meeting; duree meeting; duration of attendance; dauer der teilnahme; duur deelname; duree de
        participation; ~duur aanwezig
    """,
}
