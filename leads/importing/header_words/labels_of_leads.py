"""Which phrases above a column name where a lead came from, and what became of it?

Phrases are written as labels.py says.
"""

OF_LEADS: dict[str, str] = {
    "channel": """
        channel; lead channel; marketing channel; source channel; original source; original source type; ~medium; source
        type; ~lead source; ~source; ~lead type; ~record source; ~latest source; channel source; lead source type; ~lead
        origin; acquisition channel; ~traffic source; ~utm medium; ~soort bron; contact channel; ~type lead; ~campaign
        type; ~campaign channel; ~source category; ~via; ~how; campaign medium; channel name; inquiry type; ~origin;
        original traffic source; ~category source; ~first touch channel; traffic medium; ~traffic channel; canal
        acquisition; ~original traffic source; ~source du traffic; akquisekanal; herkunftskanal; ~leadkanal;
        instroomkanaal; vertriebskanal; ~verkoopkanaal
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
        campaign; event name registered;
        ~anlass; ~ereignis; ~gelegenheid
    """,
    "source_detail": """
        " lead source; source; ~lead origin; source detail; source details; source name; lead source detail; lead source
        details; lead source description; original source drill down 1; original source drill down 2; original source
        data 1; referral source; how did you hear about us; how did you hear; how did you find us; how did you hear of
        us; how did you know about us; ~how did you hear about; heard about us; where did you hear about us; source of
        lead; lead generation source; contact source; traffic source; utm source; hoe heeft u ons gevonden; hoe kent u
        ons; hoe heb je ons gevonden; ~referrer; ~referred by; acquisition source; first source; signup source; enquiry
        source; inquiry source; source medium; original source data; source source; sub source; ~found us via; wie haben
        sie von uns erfahren; comment nous avez connu; comment avez vous entendu parler de nous; <source url; ~landing
        page; <form name; ~first page; ~first page seen; ~first url; ~conversion page; ~utm content; ~page name;
        ~referring site; customer source; account source; lead provider; ~sourced from; ~first conversion; source lead;
        ~optin source; discovery source; lead acquisition source; ~ad name; ~referrer url; <registration source; ~lead
        list; ~list name; <list source; <website source; <data source; how you heard about us; how they heard about us;
        how did you hear about this event; how did you hear about this webinar; ~source system; ~record source; how
        found us; hoe kende u ons; <acquired by; <acquisition program; first touch source; original lead source; last
        touch source; lead source original; herkunft lead; apporteur; ~source campaign; source du traffic; source
        traffic; original traffic source; ~heard from; ~found through; ~how found; ~lead channel source; leren kennen
        via; ~kennengelernt; ~adressherkunft; ~adresbron; datenquelle; wie auf uns gekommen; kampagnenquelle; original
        source drill down; ou nous avez vous connus; <aanbrenger; <empfehlung von; <recommande par; <doorverwezen door;
        <recommended by; <tip van; ~canal origine detail; sources de contact; <getipt door; <vermittelt durch; <apporte
        par; leadbron omschrijving; leadbron toelichting; toelichting source; source toelichting; leadquelle
        beschreibung; source beschreibung; source description; description source; description de la source; origine de
        la piste; <aanbevolen door; <empfohlen durch; <recommande par; heard via; heard about us via
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
        creation; date created at; created op; created am; date created on; <order date; ~order time; received; received
        at; received on; date received; <optin time; <optin date; <opt in date; <opt in time; <optin timestamp; <confirm
        time; subscribe date; subscription date; subscribed at; subscribed on; ~join date; ~date joined; ~join time;
        ~first join; ~first join time; <joined at; <joined; date aanmelding; date inschrijving; inschrijf date; aanmeld
        date; date registration; date d inscription; date inscription; registration date time; registration timestamp;
        registration at; <first contact date; captured at; captured on; capture date; capture time; <event date; rsvp
        time; rsvp date; rsvp at; rsvp on; ~start date; eingegangen am; eingang; eingangsdatum; ~posted at; ~date of
        visit; <visit date; date visit; bezoekdatum; date bezoek; erfasst am; erfassungsdatum; kontaktdatum; request
        date; date request; date of request; request time; requested at; date aanvraag; ~completed at; <completion time;
        <completed; response date; ~response time; ~start time; date of submission; date of registration; time of
        registration; date time submitted; created timestamp; ~ingevoerd op; ~ingevoerd; ~inserted at; record created;
        record creation date; date captured; lead captured at; ~purchase date; ~visit time; lead time; time created;
        time submitted; time scanned; ~attended on; <date first contact; ~first seen; signed up; signed up at; sign up;
        member since; ~client since; ~customer since; first visit; lead creation time; application date; date of
        application; ~call date; ~datum tijd; inserted; ontvangen op; ontvangen; submitdate; date tijd; ~fecha registro;
        <meeting date; <booking date; <date gesprek; aanvraagdatum; erstelldatum; anlagedatum; ingevuld op; ingevuld;
        eingang am; date demande; besuchsdatum; bezoekdag; <added time; <added date; added date time; data order; data
        ordine; data iscrizione; data registrazione; data creazione; data di registrazione; <kontakt am; besuch am;
        gesprek op; <date first seen; <activation date; date subscribed; ingeschreven op; inschrijving op; aangemeld op;
        <besteldatum; <bestelldatum; <date commande; <date de commande; scan moment; scanmoment; erfassungszeit;
        erfasst; erfasst von bis; toegevoegd op; hinzugefugt am; hinzugefugt; ajoute le; date d ajout; date ajout;
        soumis le; date soumission; date et time; date en time; date und time; date der anfrage; date anfrage; signup
        timestamp; <conversion date; <date conversion; <date demande devis; date prise contact; date de prise de
        contact; <date rdv; ~date activite; date registratie; registratie date; inscrit le; inscrite le; enregistre le;
        <connection date; connected on; connected at; wanneer gesproken; gesproken op; gesprochen am; besproken op; tijd
        van voltooien; voltooiingstijd; fertigstellungszeit; heure de fin; heure fin; <heure de debut; moment gesprek;
        date gesprek; <first contacted; date enregistrement; date inscr; ~wanneer; datum lead; date lead; opt in at;
        date opt in; lead submit time; lead time submitted; ~uhrzeit; registriert am; <date de saisie; <date saisie;
        <saisi le; <datum invoer; <invoer datum; <erfasst um; aufgenommen am; opgenomen op; <toegevoegd; <importdatum;
        <messetag; <beursdag; <besuchstag; demande le; recu le; date de reception; anmeldezeitpunkt; inschrijfmoment;
        inzenddatum; ingezonden op; verzonden op; ingediend op; indiendatum; einsendedatum; abgesendet am; abgeschickt
        am; eingereicht am; envoye le; date d envoi; bezocht op; date inzending; date binnenkomst; ontvangstdatum;
        <zeitpunkt; eingetragen am; date der anmeldung; date anmeldung; anmeldung am; messekontakt vom; kontakt vom;
        gesprach am; gesprachsdatum; gespreksdatum; rencontre le; captured; capture timestamp; met on; date met; <first
        contact; contacted us on; requested on; binnengekomen op; <binnengekomen; aanmeldmoment; <arrival date; date d
        arrivee; visite le; date visite; date rencontre; <gemaakt; gemaakt op; erfassungszeitpunkt; date toegevoegd;
        <date d entree; <date entree; <erstkontakt; <premier contact; <eerste contact; <date eerste contact;
        <erstkontaktdatum; <date du premier contact; <date premier contact; <lead vom; neu am; nieuw op; angemeldet am;
        date reponse; date de reponse; ~inscription; antwortdatum; datum antwoord; beantwortet am; beantwoord op;
        ruckmeldung am; repondu le; datum ontvangst; empfangen am; aanvraag ingediend op; datum invullen; ausgefullt am;
        gesendet am; verzonden op; anfrage vom; entered on; entered at; erstkontakt am; <badge scanned at; scanned on;
        gescannt am; scanne le; <check in time; <checked in at; <check in timestamp; <booked at; <booked on; <gebucht
        am; <geboekt op; <date de reservation; <reservierungsdatum; <reserveringsdatum; <converted at; response
        timestamp; response time stamp; tijdstip aanvraag; horodatage; geregistreerd op; <anrufdatum; <date appel; <date
        d appel; <datum telefoongesprek; <beldatum; <called on; <called at; ~started at; ~call started;
        <gebeld op; <angerufen am; <anruf am; <appele le; <called on; ~jour; ~dag; ~messetag; <beldatum 1; date
        bezoek beurs; date salon; date beurs; date messe; date of show; show date
    """,
    "notes": """
        " notes; description; message; ~subject; lead notes; contact notes; lead description; lead message; additional
        notes; ~additional information; ~additional info; inquiry; enquiry; inquiry message; free text; <text; memo;
        internal notes; message body; <body; conversation notes; call notes; meeting notes; sales notes; ~follow up
        notes; questions; questions comments; questions and comments; comments questions; question; questions notes; how
        can we help; how can we help you; how can we help you today; requirements; requirement; vrije tekst; notes scan;
        notes beurs; gesprek notes; gespreksnotitie; gespreksnotities; gesprekverslag; gespraksnotiz; gesprachsnotiz;
        gesprachsnotizen; gesprachsnotiz text; internal notes text; notes 1; rep notes; scan notes; customer note;
        customer notes; note attendee; notes message; message notes; <infos; ~info; ~remarks text; booth notes;
        qualifier notes; details notes; qualification notes; ~details; your message; beschreibung notes; toelichting
        text; special notes; order notes; ~history; enquiry details; inquiry details; additional notes text; other
        notes; ~more information; <background; <background info; <about; ~about me; lead notes text; ~biography; visit
        notes; <feedback; note content; notes description; beknopte notes; visitor notes; memo text; ~project
        description; <bio; interactions notes; conversation; freitext; anliegen; ihr anliegen; nachricht text; ~reden
        bezoek; ~vrije velden; ~extra informatie; ~overige informatie; ~aanvullende informatie; ~sonstiges;
        gesprachsinhalt; any other notes; besonderheiten; zusatzinfo; zusatzinformationen; bijzonderheden; informations
        complementaires; compte rendu; gespreksinhoud; samenvatting gesprek; zusammenfassung; ~vrij veld; ~freitextfeld;
        notes stand; notes libre; notes libres; notes internes; interne notes; notes interne; ihre frage; uw question;
        ihre question; votre question; votre demande; ~anfrage; ~aanvraag; ~demande; ~extra info; ~overig; ~overige;
        sonstige angaben; ~sonstige; notes des vertriebs; notes vertrieb; notes sales; notes commercial; precisions;
        ~wat is je question; ~info sup; gespreksverslag; bem; observation; observations; questions asked; questions
        asked by attendee; questions asked by participant; asked questions; notes beller; notes caller; notes call; call
        notes text; ~actiepunt; ~afspraken; ~vervolg; ~was besprochen; besproken; wat is besproken; besprochen;
        gesprekspunten; latest note; last note; ~rem; ~resume; ~summary; ~call summary; <gespreksverslag; ~samenvatting;
        ~details anfrage; anfragetext; nachrichtentext; gesprachsprotokoll; <zusatzbemerkung; ~autres informations;
        ~texte libre; ~vrije tekst veld; sonstige notes; sonstige angaben notes; overige notes; weitere notes; autres
        notes; allgemeine notes; algemene notes; extra notes; aanvullende notes; zusatzliche notes; general notes;
        further notes; any notes; <verslag; bezoekverslag; besuchsbericht; <rapport; rapport de visite; notes de visite;
        notes visite; conversation summary; visit summary; resume de l echange; resume echange; bijzonderheden gesprek;
        tell us about your project; <notes from booth staff; notes booth staff; notes vom stand; besuchsnotiz;
        bezoeknotitie; messenotiz; beursnotitie; stand notes; scan notes extern; note publique; notes publique;
        opmerking intern; notes intern; infos complementaires; <weitere infos; <weitere informationen; <notes privee;
        <note privee; prive notes; openbare notes; ~discussion; usecase;
        ~afgesproken; ~vereinbart; ~was vereinbart; ~convenu; ~vereinbarung
    """,
    "interest": """
        " " interest; interests; product interest; interest product; area of interest; areas of interest; interest in;
        <product; product of interest; products of interest; service interest; product interests; <topic; <solution;
        solutions; topics; topic of interest; topics of interest; ~subject; ~service; ~services; ~course; <product name;
        products; product interested in; service of interest; solution of interest; productinteresse; produktinteresse;
        interest area; interest areas; interessegebieden; interest category; <product category interest; <product group;
        productgroep; thema; themen; onderwerp; onderwerpen; interest products; which product; solution interest;
        ~needs; ~product line; ~module; course interest; ~program; program of interest; interest solutions;
        ~opportunity; ~opportunity name; product interested; which products interest you; interessiert an; produkt
        interessen; ~product interesse; interest topic; interested product; requested product; ~product type; <service
        requested; ~services requested; course of interest; session interest; product s; wishes; model of interest;
        ~model; produktgruppe; product enquiry; ~solution area; product service; product or service; produits interests;
        centre d interest; centres d interest; interested course; solution type; ~package; asked for; ~aanvraag; product
        needed; product inquiry; ~product category; ~products discussed; interest par; interesseprofiel; ~besoin;
        ~besoins; ~bedarf; ~behoefte; ~behoeften; produktbedarf; productbehoefte; waar gaat uw interest naar uit; wofur
        interessieren sie sich; interessensgebiete; interest fur; ~produits; services of interest; theme; themes;
        ~thematique; interest voor; ~diensten; ~leistungen; ~dienstleistung; wat wil customer; wat wil de customer; waar
        interest in; behoefte customer; produkt der anfrage; asked product; ~wunsch; ~wens; ~wensen; ~souhait; products
        of interests; opportunity topic; ~dienst; service required; <service needed; <services required; product
        demande; <demande product; <gewunschtes product; <gewenst product; ~produktwunsch; <product vise; <solution
        interest; <course name; ~leistung; ~prestation; ~prestations; ~product demonstration; thema gesprek;
        gesprachsthema; gespreksonderwerp; products besproken; besproken products; besprochene products; <product
        presente; products presentes; discussed products; products discussed; products shown; dienst gewenst; gewenste
        dienst; gewunschte leistung; gewunschte dienstleistung; ~anwendung; ~toepassing; ~application; ~artikel;
        ~productcategorie; ~produktbereich; ~productlijn; ~gamme; <demo requested; ~besoin exprime; anwendungsbereich;
        services needed; service needed; ~sujet; prestation souhaitee; service souhaite; produit souhaite; produits vus;
        produits montres; bekeken producten; getoonde producten; gezeigte produkte; products shown; products seen;
        products viewed; products demoed;
        <besproken onderwerpen; <besprochene themen; <sujets abordes; <sujets discutes; <topics discussed;
        <discussed topics; <onderwerp gesprek
    """,
    "lead_status": """
        " lead status; ~status; lead stage; ~stage; contact status; status lead; <lifecycle stage; lead state; pipeline
        stage; sales stage; ~phase; ~fase; status reason; <deal stage; lead status name; lifecycle; ~state lead;
        prospect status; <lead lifecycle stage; phase lead; <customer status; ~follow up status; lead phase;
        <opportunity stage; status of lead; ~qualification; qualification status; lead qualification; prospect stage;
        funnel stage; sales status; leadstatus; <stage name; ~disposition; lead disposition; call outcome status; status
        naam; <current status; crm status; ~registration status; ~attendee status; ~approval status; pipeline status;
        <status code; ~stage pipeline; verkoopfase; status label; ~account status; member status; lead status label;
        approach status; customer stage; lead category stage; status name; ~stadium; ~etape; call outcome; <belstatus;
        <belresultaat; <anrufstatus; anrufergebnis; call result; call status; gespreksresultaat; ~result; ~resultaat;
        ~resultat; ~ergebnis; ~outcome; bearbeitungsstatus; statut commercial; lifecycle status; ~kwalificatie;
        ~qualifikation; relationship status; verkaufsphase; vertriebsphase; etape pipeline; etat lead; etat prospect;
        opvolgstatus; stand van zaken; fase verkoop; call disposition; uitkomst gesprek; uitkomst; gesprachsergebnis;
        resultat appel; resultat appels; ~pipeline; statut prospect; statut client; ~opvolging; patron status;
        ~classification; ~etat; stage code; lead stage code; lead status code; status cd; hoe warm; ~warm koud; ~warm
        kalt; ~chaud froid; ~heat; lead heat; lifecycle phase; stade; ~stade commercial; stage name; opportunity phase;
        ~belstatus code; etape commerciale; statusgrund; <outreach status; <prospecting status; <bearbeitungsstand;
        <opvolgstatus lead; <etat d avancement; ~avancement; <verkoopstadium; <sales phase; status of enquiry; enquiry
        status; inquiry status; verkoopstatus; verkaufschance status; <opportunity status; <deal status;
        vertriebsstatus; angebotsstatus; offertestatus; statut du tiers; phase de vente; etape de vente; ~prospect
        potentieel; pipeline phase; pijplijnfase; pipelinephase; ~interessentenpotenzial; disposition status; response
        status; rsvp status; ~rsvp; attendance status; status opvolging; resultaat gesprek; ~afhandeling; stand der
        bearbeitung; statut de suivi; ~temperature; ~lead temperature; ~degre d interet; ~niveau d interet; ~lead
        bewertung; ~lead rating; ~rating; ~interest level; ~interesseniveau; ~qualifizierung; ~kwalificatie;
        <last outcome; <last result; <last call outcome; <last call result; <last status; <laatste resultaat;
        <laatste uitkomst; <laatste status; <letztes ergebnis; <letzter status; <dernier resultat; <dernier
        statut; ~issue; issue de l appel; issue appel
    """,
    "score": """
        " score; lead score; ~rating; hubspot score; contact score; lead scoring; <engagement score; lead rating;
        ~member rating; <total score; <points; lead points; score lead; prospect score; ~grade; <fit score; <behavior
        score; <behaviour score; <interest rating; ~profile score; ~activity score; asymmetrique profile score;
        ~asymmetrique activity score; lead score points; interest level score; overall score; <ai score; <predictive
        score; predictive lead score; <likelihood to close; ~lead grade; <customer fit score; einstein score;
        <demographic score; leadscore; lead scorings; ~interest rating number; ~probability; scorewert; ~hot warm
        cold; ~temperatuur; ~temperature; ~abc; lead temperature;
        gesamtscore; totaalscore; <gesamtpunktzahl; <puntentotaal; <score total; <note du lead; <note lead;
        <quality score lead; <leadwaarde score; <fit rating
    """,
    "owner": """
        " " owner; lead owner; <account owner; contact owner; <company owner; owner name; owner full name; record owner;
        assigned to; ~assigned; assignee; <account manager; <sales rep; sales representative; <sales person;
        <salesperson; ~rep; rep name; sales owner; <account executive; ~sales; responsible; responsible person;
        responsible user; assigned user; assigned user name; ~user; assigned rep; verantwoordelijke; verantwoordelijk;
        verkoper; vertegenwoordiger; zustandig; zustandiger; verkaufer; aussendienst; vertriebsmitarbeiter; commercial;
        responsable; commercial en charge; ~agent; agent name; <sales agent; hubspot owner; lead assigned to; assigned
        to name; assigned to user; lead owner name; contact owner name; user assigned; team member; owned by;
        behandelaar; sales team member; ~scanned by; bearbeiter; sachbearbeiter; ~manager; lead manager; <relationship
        manager; bdm; business development manager; <sales manager; owner alias; sales contact; internal owner;
        ~captured by; account rep; ~contact owner email; ~owner email; sales executive; lead handler; handled by; sales
        person name; sdr; bdr; account exec; rep assigned; account manager name; deal owner; attribue a; comercial;
        owner lead; owner contact; owner account; verantwortlicher; verantwortliche; zustandiger employees; vertriebler;
        contact intern; contact person intern; interner contact; interner contact person; toegewezen aan; zugewiesen an;
        charge affaires; charge d affaires; ~behandeld door; salesperson name; ~opvolgen door; opvolger; sales
        verantwoordelijke; verantwoordelijke sales; verantwoordelijke verkoper; ~zustandigkeit; vertriebsbeauftragter;
        vertriebsverantwortlicher; <verantw employees; charge clientele; charge de clientele; responsable commercial;
        commercial attribue; ~gestionnaire; assigned agent; ~opgevolgd door; ~toegewezen; toegewezen verkoper; assigned
        salesperson; klantverantwoordelijke; ~conseiller; ~adviseur; our contact; our contact person; onze contact; onze
        contactpersoon; unser contact; unser ansprechpartner; notre contact; notre interlocuteur; gesprachspartner
        intern; intern contact; door wie; gesproken door; gesprek door; gesprochen mit intern; comercial asignado;
        asignado a; assegnato a; commerciale; venditore; fur contact zustandiger employees; fur lead zustandiger
        employees; fur company zustandiger employees; zustandiger contact owner; user lead; ~salesrep; ~user id name;
        ~exhibitor member; ~team member name; ~kam; ~commercial interne; suivi par; ~suivi; gevolgd door; behandelt
        door; bezoek door; ~caller; ~beller; ~anrufer; ~appelant; gescand door; <erfasst von; <gescannt von; <scanne
        par; <saisi par; <recorded by; <captured by; <aufgenommen von; vendeur; klantpartner; klantbeheerder;
        klantmanager; klantverantwoordelijke; accounthouder; lead inhaber; inhaber des leads; contact inhaber; contact
        eigenaar; kundenberater; kundenverantwortlicher; berater; ~adviseur; <vertriebler; charge d affaires; charge de
        compte; conseiller; conseiller commercial; technico commercial; <handled by; standmedewerker; standpersonal; wie
        heeft gescand; <beheerder; erfasst durch; gesprachsfuhrer; betreut durch; betreut von; zugeordnet zu;
        zustandiger vertriebler; aussendienstmitarbeiter; affecte a; <collaborateur; rencontre par; booth staff; staff
        name; <stand staff; assigned owner; inside sales rep; inside sales; commercieel verantwoordelijke; <ingevoerd
        door; <entered by; <suivi par; gesproken door; gespreksvoerder; assigned rm; assigned agent; assigned staff;
        assigned employee; assigned member; assigned executive; toegewezen user; toegewezen gebruiker; zugewiesener
        benutzer; utilisateur assigne; assigne a; commercial affecte; zustandiger benutzer; <responsable du compte;
        <responsable compte; <gestionnaire du compte; zugewiesen; toegewezen; <attribue; ~inhaber; ~counselor;
        ~counsellor; ~advisor; ~consultant; bdm name; allocated to; managed by; taken by; ~disposed by; opvolging door;
        ~adm; ~vertreter; ~aussendienstler; vendeur stand; verkoper stand; standmitarbeiter; standmedewerker; stand rep;
        stand staff; scannedby; scan by; ~commercial stand; gesprach gefuhrt von; gesprek gevoerd door; wie sprak;
        ~negociateur; entretien mene par;
        <angerufen von; <gebeld door; <gesprochen von; <called by; <appele par; <angerufen durch;
        ~teleoperateur; ~teleoperatrice; ~telemarketeer; ~call agent; ~callagent; ~telepro; ~teleprospecteur;
        ~operateur; ~collega; ~kollege; ~collegue; ~colleague; collega stand; kollege am stand; collegue stand;
        colleague at stand; ~commercial present; vendeur present; collega op stand; <met with; <met by; ~closer;
        gesprachspartner stand; gesprachspartner am stand; gesprekspartner stand; gesprekspartner op stand;
        interlocuteur stand; interlocuteur sur le stand; contact at stand; contact at booth
    """,
    "external_id": """
        " " " id; record id; lead id; contact id; customer id; customer number; lead number; prospect id; person id;
        ~user id; ~account id; ~company id; <member id; attendee id; registrant id; <registration id; unique id;
        external id; contact number id; record number; lead record id; contact record id; internal id; ~row id; ~order
        id; ~order number; <response id; <submission id; <entry id; ~number; <reference number; ~reference; ref number;
        ~ref; client number; client code; customer code; customer key; ~code; relation number; relation id; contact
        code; contact key; lead key; attendee number; participant number; participant id; badge id; badge number;
        ~barcode; ticket id; ~ticket number; visitor id; subscriber id; ~leid; euid; <account number; hubspot id;
        salesforce id; zoho id; crm id; crm number; debtor number; ~kvk number; registration number; ~organisation id;
        external key; lead code; lead reference; lead ref; <source id; <system id; contact 18 id; lead 18 id; client
        reference; customer ref; customer reference; ~dossier number; ~file number; id number; <profile id; respondent
        id; <confirmation number; scan id; visitor number; bezoekersnummer; teilnehmernummer; deelnemersnummer; ~vendor
        id; record; <entity id; <partner id; contact guid; <object id; lead uuid; ticket barcode; <original id; <import
        id; <legacy id; <old id; member number; lidnummer; mitgliedsnummer; reg id; ~aanvraag number; id lead; id
        contact; id customer; id client; id person; lead no; lead serial number; customer no; enquiry id; inquiry id;
        enquiry number; application number; relatiecode; registrierungs id; numero client; code client; ref client; code
        member; code customer; code company; ~contact number; ~phone number id; hs object id; datensatz id;
        vorgangsnummer; aanvraagnummer; ~lead; ~contact; badge; lead nr; numero lead; ticketcode; ticket code;
        badgecode; badge code; registratienummer; registrierungsnummer; registratie nummer; number inscription; number d
        inscription; kdnr; kd number; code tiers; <guid; <registration code; number dossier; number adherent; visitor
        badge; ~scan code; ~badge id code; k contact; k lead; k company; pk; contact pk; lead pk; ~kenmerk;
        ~aktenzeichen; <kontaktnr; <adressnummer; <adresnummer; <contactnummer extern; numero de compte; numero compte;
        <debitor; ~debiteur; ~klant; <address id; kontonummer kunde; submission id; entry id; response id; inzending id;
        aanvraag id; anfrage id; id billet; numero billet; ticket nr; ticketnummer; billettnummer; geschaftspartner id;
        id tiers; tiers id; debitorennr; debitorennummer; ~address number; number tiers; number de tiers;
        datensatznummer; recordnummer; <rowid; ~urn; unique ref; unique reference; inschrijfnummer; anmeldenummer; ~row
        key; ~hash id; ~numero fiche; ~fiche number; ~number fiche;
        ~duns; ~duns number; ~d u n s number; ~d u n s
    """,
    "tags": """
        tags; ~group; ~segment; contact tags; lead tags; group membership; ~categories; ~category; keywords; ~list;
        ~lists; contact groups; contact group; segments; customer tags; contact tag; ~list membership; ~groups;
        ~segmente; categories tags; contact lists; labels tags; segment name; ~customer segment; ~trefwoorden; ~mots
        cles; ~lijsten; ~mailing lists; ~marketing lists; ~verteiler; ~gruppen; ~mailing list; ~contact type; ~relation
        type; ~type relation; ~type contact; ~type company; ~zielgruppen; ~zielgruppe; ~segmenten; ~listes de diffusion;
        ~liste de diffusion; ~doelgroep; ~doelgroepen; ~contact category; ~customer category; ~kontaktart; ~soort
        contact; ~soort relatie; ~customer type; ~client type; ~kategorie; ~kategorien; ~categorie; ~categories;
        ~categorieen; ~etiketten; ~klantcategorie; ~kundenkategorie; ~categorie client; ~adressgruppe; ~adresgroep;
        ~relatiegroep; ~kundengruppe; ~marktsegment; ~merkmale; ~listes
    """,
    "linkedin_url": """
        linkedin; ~website; ~link; ~profile; ~social; ~social profile; ~social media; linkedin url; linkedin profile;
        linkedin profile url; linkedin bio; linkedin link; person linkedin url; linkedin page; linkedin public
        profile; linkedin profile link; linkedin contact profile url; linkedin account; profile linkedin; profil
        linkedin; linkedin address; li url; ~profile url; linkedin contact; linkedin member url; li profile url; li
        profile; contact li profile url; lien linkedin
    """,
    "birth_date": """
        birthday; birth date; date of birth; date birth; date de birthday; date naissance; geb date; geb dat; gebdatum;
        fecha de nacimiento; data di nascita; born; born on; d o b; geboren; geboren am; geb am; ne le; ne e le; annee
        naissance; geburtsjahr; geboortejaar; date birthday; anniversaire; date anniversaire; birthday date; bday; jour
        de naissance; b day; date naiss; naissance; ne le; nee le
    """,
    "is_customer": """
        is customer; existing customer; current customer; customer yes no; ~customer; already customer; are you
        customer; are you a customer; are you an existing customer; are you already a customer; is existing customer;
        bestaande customer; bestandskunde; bestaande relatie; is client; client existant; deja client; al customer;
        bent u al customer; customer j n; customer ja nee; is a customer; customer flag; ~kunde ja nein; bereits
        customer; reeds customer; existing client; is current customer; active customer; are you currently a customer;
        stammkunde; neukunde nein; huidige customer; bestehender customer; sind bereits customer; deja customer; are
        already customer; already client; etes deja customer;
        ist customer; est customer; is al customer; customer status ja nein
    """,
    "attended_minutes": """
        time in session; time in session minutes; minutes attended; attended minutes; attendance duration; attendance
        minutes; attendance duration minutes; duration minutes; ~duration; session duration; time attended; total time;
        total duration; time in meeting; meeting duration; in session duration; minutes viewed; ~minutes; total
        attendance time; in session time; viewing time; watch time; minutes watched; time watched; view duration;
        attendance time; total minutes attended; ~time spent; minutes in session; ~total duration minutes; anwesenheit
        minutes; minuten; minuten aanwezig; aanwezig minutes; kijktijd; kijktijd minuten; teilnahmedauer; aanwezigheid
        minuten; anwesenheitsdauer; verweildauer; duree minutes; temps de presence; webinar duration attended; time in
        webinar; time in event; live attendance minutes; aanwezigheidsduur; watched minutes; online minutes; total time
        in session; time in session min; minutes online; duree de connexion; duree de presence; in meeting duration;
        deelnameduur; verbleibdauer; ~duree; duree participation; duur minutes; dauer minutes; ~dauer; ~duur;
        ~anwesenheit; ~aanwezigheid; deelname minutes; session minutes; kijkduur; kijkduur minutes; minutes bekeken;
        minuten bekeken; live duration; zuschaudauer; teilnahmezeit; temps connexion; temps de connexion; temps
        visionnage; temps de visionnage; tijd aanwezig; time aanwezig; duur meeting; duur in meeting; dauer meeting;
        duree meeting; duration of attendance; dauer der teilnahme; duur deelname; duree de participation; ~duur
        aanwezig; total minutes; temps passe; temps passe minutes; bleibedauer; live minutes; minutes live; ~archive
        minutes; on demand minutes; minuten live; minutes de presence; duration attended
    """,
}
