"""Which phrases above a column name a person, how to reach them and what they do?

Phrases are written as labels.py says.
"""

OF_PEOPLE: dict[str, str] = {
    "full_name": """
        full name; contact name; customer name; attendee name; person name; lead name; user name; display name; complete
        name; client name; subscriber name; ~name; ~contact; ~attendee; ~customer; person; ~lead; ~nom; user name
        original name; name original name; nom complet; nom et prenom; nom prenom; prenom et nom; prenom nom; nombre
        completo; nome completo; nombre y apellidos; first and last name; first last name; first name last name; first
        name and last name; last name first name; last name and first name; volledige naam; voor en achternaam;
        vollstandiger name; vor und nachname; vor und zuname; name first name; last first name; name and surname; your
        name; nome e cognome; name of contact; contact person; contact person name; ~user; ~member; ~nombre; ~nome;
        ~candidate; ~student; ~guest; ~client; respondent name; employee name; ~sender name; buyer name; shipping name;
        billing name; recipient name; ~subject; name voluit; name voornaam achternaam; name first last; name contact;
        decision maker; decision maker name; key contact; key contact name; badge name; name on badge; screen name;
        ~invitee; invitee name; ~contact full name; reported by; ~file as; <name relatie; name aanvrager; name
        inschrijver; ~dirigeant; ~gerant; ~decideur; ~beslisser; ~inhaber; ~geschaftsfuhrer; ~gesprekspartner;
        ~gesprachspartner; responsable company; responsable entreprise; ~referente; ~name beslisser; name decideur; name
        gerant; name dirigeant; ~beslissingsbevoegde; voor en achter name; ~kontaktname; ~interlocuteur principal; <name
        en voornaam; <voornaam en name; <prenom name; <last name and first; ~name 1; ~zaakvoerder; ~bestuurder;
        ~bedrijfsleider; ~responsable; ~directeur; ~geschaftsfuhrung; ~dmu; name dmu; <heer mevrouw name; tekenbevoegde;
        ~president du company; <nom du responsable; <submitted by; <registered by; voor achternaam; comment vous appelez
        vous; <ingevuld door; <ausgefullt von; <rempli par; <angemeldet von; <aangemeld door; nom de la piste; name des
        interessenten; ~tav; ~entscheider; ~contact primary; contact principal;
        ~ap; ~asp; ~store manager; ~shop manager; ~branch manager; ~practice manager; ~general manager;
        ~managing director; ~proprietor; ~filialleiter; ~marktleiter; ~betriebsleiter; ~winkelmanager;
        ~vestigingsmanager; ~chef d entreprise; ~responsable magasin; ~directeur magasin; ~dga; <gesproken met;
        <spoken to; <spoke to; <spoke with; <gesprochen mit; <parle a; ~wie; ~wer; ~who;
        ~t a v; ~zhd; ~z hd; ~attn; ~a l attention de;
        ~visitor
    """,
    "salutation": """
        salutation; name prefix; honorific prefix; ~title; ~prefix; ~greeting; mr ms; mr mrs; mr mrs ms; courtesy title;
        dhr mevr; dhr mw; m mme; herr frau; honorific title; ~letter salutation; form of address; personal title;
        ~appellation; ~gender; tav; briefanrede; title salutation; heer mevrouw; de heer mevrouw; ~titulatuur; ~titel
        anrede; ~akademischer titel; ~akad titel; ~academic title; ~adelstitel; code civilite; anredeschlussel; titre de
        courtoisie; hoflichkeitsform; salutation code; code salutation; anredecode; geslacht aanhef; anredekurzel; ~civ
    """,
    "initials": """
        initials; initialen voorletters; ~middle initial
    """,
    "first_name": """
        first name; given name; fore name; ~nombre; ~nome; first; nickname first name; first names; legal first name;
        ~prenoms; ~voor name; primer nombre; nombre de pila; <prenom usage;
        prenom usuel; nom de bapteme; ~vor
    """,
    "infix": """
        infix; name infix; last name infix; ~prefix; last name prefix; surname prefix; particule; ~middle; nobiliary
        particle; last name voorvoegsel; tussen voegsel
    """,
    "last_name": """
        last name; family name; second name; ~nom; ~name; last; nom de famille; nom famille; sur name; legal last
        name; ~nombre familiar; last names; ~zu name; zuname;
        nom usuel; nom d usage; nom de naissance; nom patronymique; ~nach name
    """,
    "email": """
        " email; email address; email id; adresse email; address email; email value; correo; correo electronico;
        electronic address; electronische post; posta elettronica; email contact; contact email; email 1; email address
        1; confirmed email; opt in email; e post; ~login; ~username; email 1 value; ~user id; unique email; email
        verified address; <internet address; ~contact info; address electronique; <email from; normalized email;
        verified email; email verified; correo electronico work; address messagerie; address de messagerie; email
        nominatif; email direct; ~benutzer name; ~upn; email des teilnehmers; mail address; mailaddress;
        geschaftspartner email; email principal; hauptemail; hoofdemail; email haupt; mel; ~adr mel;
        email algemeen; email allgemein; email centrale; email zentrale; email general; general email
    """,
    "phone": """
        " " phone; phone number; phone 1; number phone; phone value; phone 1 value; contact number; ~contact no; contact
        phone; landline; land line; fixed line; telefoon vast; vast nummer; phone vast; phone vaste; vaste phone; vaste
        lijn; festnetz; festnetznummer; phone fixe; ligne fixe; ~fixe; doorkiesnummer; direct dial; direct phone; direct
        line; <switchboard; phone work; phone office; work phone; office phone; primary phone; main phone; main line;
        ph; ph number; ~call number; phone with country code; phone contact; phone day; phone switchboard; ~sms phone
        number; ~whatsapp; ~whatsapp number; phone zakelijk; <phone centrale; <centrale; telefoonnummer1; <phone
        algemeen; algemeen phone; algemene phone; algemeen nummer; phone or mobile; phone mobile number; ~contact
        details; phone ext; ~phones; durchwahl; zentralnummer; voice; <phone whatsapp; <company phone; <home phone;
        landline number; land line number; direct number; ~work; ~office; telefonnr geschaftlich; direct phone number;
        ligne directe; <hoofdnummer; algemeen phone number; phone number combined; phone central; phone accueil; ~werk;
        ~travail; ~bureau; ~buro; ~arbeit; ~kantoor; landline phone; phone landline; fixed phone; phone fixed; phone op
        work; phone switch board; phone numbers; <phone at work; phone au travail; phone entreprise; phone direct; phone
        directe; ~phone algemeen nummer; phone op werk; phone op de zaak; phone am werk; ~standard; ~office number;
        ~standard phone; phone zentral; phone alg; ~zentrale; ~fixe pro; telephonezentrale; ~rufnummer geschaftlich;
        best number to reach you; <number bereikbaar; op welk number kunnen we bereiken; phone fur ruckfragen;
        ruckfragen phone; ruckrufnummer; terugbelnummer; callback number; numero de rappel; ~geschaftlich; ~zakelijk;
        ~professionnel; ~dienstlich; ~beruflich; phone kantoor; hauptnummer; phone principal; kantoortelefoon;
        burotelefon; ddi; telephone standard; standard telephonique; ~lead contact; ~contact
    """,
    "mobile": """
        mobile; mobile number; mobile phone; mobile phone number; phone mobile; phone mobile number; cell phone; cell
        phone number; phone portable; ~portable; number mobile; number portable; numero de portable; phone mobil; mobile
        1; phone cell; mobile value; mobile phone value; sms number; sms; phone 06; 06 number; mobile work; work mobile;
        mobile phone 1; movil phone; phone movil; mobile telephone; contact mobile; ~whatsapp phone number; whatsapp
        mobile; mobile direct; direct mobile; mobile business; business mobile; phone mobile pro; mobile pro; mobile
        zakelijk; phone handy; mobile phone phone; natel; whatsapp number; ~whatsapp; ~port
    """,
    "job_title": """
        " job title; job; ~title; position; ~role; ~position title; job position; job role; <job function; <function;
        <occupation; <profession; <designation; company title; current position; current title; current job title;
        <business title; work title; title position; <poste; intitule du poste; position in company; function in
        company; job title function; function title; role in company; work position; ~your role; function job title;
        title job; ~beruflich; puesto de trabajo; ~functiegroep; job description; professional title; ~headline; company
        position; ~seniority; title role; role title; title function; stellung; positionsbezeichnung; position
        bezeichnung; poste occupe; rol; funktion im company; function company; positie; fonction exercee; beroep;
        ~persona; functie groep; tatigkeit; tatigkeitsbereich; ~bereich; function contact; intitule de poste; title de
        poste; poste actuel; rol in company; role contact; function binnen company; <role binnen company; ~qualite;
        <title role; <berufliche stellung; <hierarchieebene; <management level; <seniority level; <job level; <function
        im betrieb; welche function haben; welke functie heeft u; functie in het company; function im company;
        <funktionsbezeichnung; ~rolle; <position abteilung; rol binnen bedrijf; role within company; role dans l
        entreprise; ~stelle; ~metier; ~pos; ~fct; ~fkt;
        function description; job title description; description de la function; <description function
    """,
    "department": """
        department; dept; division; ~service; ~team; ~unit; business unit; company department; department name; office
        department; department division; job department; organisatieonderdeel; fachbereich; ~bereich; ~departement;
        service entreprise; company afdeling; ~direction; functional area; vakgroep; fachabteilung; <job area;
        ~dienststelle; abteilung position; afdeling locatie; ~divisie; ~pole
    """,
}
