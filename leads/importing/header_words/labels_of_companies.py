"""Which phrases above a column name an organisation, where it is and how large?

Phrases are written as labels.py says.
"""

OF_COMPANIES: dict[str, str] = {
    "organisation": """
        " company; company name; ~account; ~accounts; account name; business name; ~business; name company; nom company;
        nom de la company; raison sociale; denominazione; company or organisation; current company; ~relation; relation
        name; ~customer; ~customer name; ~name; ~client; company 1 name; company 1; <company legal name; <legal name;
        <legal entity; <trade name; <trading name; <legal company name; company account name; <institution; <university;
        <school; ~school name; institution name; ~nom; ~vendor; ~supplier; ~supplier name; ~vendor name; company
        account; <parent account; <parent company; <affiliation; <associated company; <associated company name;
        ~associated company primary; company in english; practice name; <store name; ~shop; agency; ~agency name;
        ~partner; ~brand; ~brand name; nombre company; nome company; ragione sociale; razon social; name bedrijf;
        billing company; shipping company; company related; ~employer name; company domain name label; company
        registered name; ~dealer name; ~club; entity name; <entity; ~startup; startup name; ~lead company; ~kunde; ~name
        of firm; <practice; hospital; hospital name; hotel name; restaurant name; facility name; startup company; office
        name; ~structure; relatienaam; debiteurnaam; debiteur; ~debitor; ~aanbieder; ~anbieter; ~prestataire;
        ~etablissement; statutaire name; parentcustomerid; <college; ~college name; <university name; name school; wat
        is name company; what is name company; name structure; <name relatie; <relatie; firmenbezeichnung; firmierung;
        ~dealer; ~hotel; ~praktijk; ~praxis; ~verein; ~kanzlei; ~mandant; ~stichting; ~vereniging; ~name 1; nombre
        comercial; company lead; ~display name; ~business name; primary company; company primary; associated company
        name; name entreprise; name du company; <enseigne; <winning supplier; supplier awarded; <awarded supplier;
        <gegunde partij; <attributaire; titulaire; <contractor; <contractor name; ~exhibitor; exhibitor name;
        <aussteller; ausstellername; <exposant; ~gewinner; company club; <partner name; benaming; <maatschappelijke
        name; <maatschappelijke benaming; unternehmensbezeichnung; ~einrichtung; <name der einrichtung; ~betrieb;
        betriebsname; ~auftraggeber; ~opdrachtgever; ~geschaftspartner; denomination; denomination sociale; nom
        commercial; trading as; ~doing business as; ~dba; name ihres company; <parent customer; organisation you
        represent; ~bezeichnung; name du company; nom du company; nom de votre company; name des geschaftspartners; name
        geschaftspartner; <name van derden; <tiers; nom du tiers; nom tiers; nom du compte; nom compte; ~name customer;
        ~nom customer; <muttergesellschaft; <moedermaatschappij; raison soc; ~rs; ~zaak;
        <denomination usuelle; <denomination legale; <denomination commerciale; <denomination courante; <nom d
        exploitation; <name instelling; <name praktijk; <name praxis; <name ecole; ~van welk company; <aus
        welchem company; <de quelle company; from which company; ~tradestyle;
        ~intitule
    """,
    "legal_form": """
        legal form; company legal form; rechtsvorm; juridische vorm; ondernemingsvorm; bedrijfsvorm; rechtsform;
        gesellschaftsform; unternehmensform; forme juridique; statut juridique; legal entity type; type of legal entity;
        legal structure; <legal type; <legal status; kvk rechtsvorm; company rechtsvorm; rechtsform company; organisation
        rechtsvorm; forme legale; ~forme;
        nature juridique; ~company type; ~type company; ~entity type
    """,
    "website": """
        " website; web; web site; company website; web address; website url; <domain; <domain name; <company domain;
        <company domain name; ~link; web page; company url; ~website 1 value; website value; website 1; home page; url
        website; company web page; web url; page web; site web; site internet; website address; website link; ~email
        domain; <primary domain; website domain; domain website; web pagina; pagina web; url site web; site company;
        webauftritt; internetauftritt
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
        voie; number voie; voie number;
        adresszeile; adresszeile 1; siege address; address du siege; strassenanschrift;
        street name and number; street name number;
        <billing address; <address de facturation; <address facturation; <invoice address; <rechnungsanschrift
    """,
    "house_number": """
        " house number; ~hnr; street number suffix; ~house; number house; civic number; house number suffix; street
        number; ~number street; building number; house number addition; house nr toevoeging; house number toevoeging; address house
        number; numero de rue; numero de voie; huisnummer en toevoeging; house number and addition; ~number; haus
        number; huis number; haus nr;
        <number voie; ~numero dans la voie
    """,
    "postcode": """
        postcode; postal code; code postal; post code; zip postal code; zip code; postcode zip; zip or postal code;
        postal code zip; codigo postal; codice postale; zip postcode; postal zip code; postal zip; address postcode;
        address zip code; address postal code; address 1 postcode; address 1 postal code; postcode 6; pc; postcode
        cijfers; zip code postal code; pin code; pincode; eircode; postcode city code; pc6; pc 6; postcode letters;
        ~codigo; postal code 1; postcode bezoekadres; postcode postadres; c p; postltz; ~pin; zip 5; zip5
    """,
    "city": """
        city; city town; town city; place; address city; city name; ~location; address 1 city; ~city state; city
        address; ~metro; ~plaats naam; ~via city; city of residence; town name; place name; city or town; ~current city;
        suburb city; city locality; ~place of residence; city bezoekadres; city postadres; ~standort; ~lieu; plz ort;
        ~firmensitz; ~sitz; ~hauptsitz; ~stadt ort; <bureau distributeur
    """,
    "region": """
        " region; state; state province; province state; state region; state or province; address state; address region;
        address 1 region; address 1 state; <county; address 1 state or province; <state code; <province code; region
        name; state name; ~area; province region; region state; address state province; state territory; ~territory;
        address province; region province; state county; county state; ~departement; ~district; state province region;
        geo region; ~kreis; state prov; prov; etat province; province etat; etat region; etat departement; province
        region name; federal state; ~us state; ~address 1 county; ~geography; ~sub region; state abbreviation; <region;
        address 1 stateorprovince; stateorprovince; state or region; bundesstaat; secteur geographique; ~zone; ~zone
        geographique; ~rayon; ~gebiet; ~vertriebsgebiet; ~verkoopgebied; ~secteur commercial; ~st
    """,
    "country": """
        country; country region; region country; country name; country region name; address country; address 1
        country; country code; country of residence; ~nationality; ~locale country; country region code; ip country;
        location country; country territory; country state; ~nation; country iso; countrycode; land code; landcode;
        iso country; address country code; address 1 country region; country or region; ~geo country; country iso
        code; country iso2; residence country; company country name; country iso 2 code; iso 2 code; country iso 3
        code; country oder region; country ou region; country of region; country bezoekadres; country address;
        ~cc; country vestiging;
        ~herkunftsland; ~country of origin; ~land van herkomst; ~pays d origine; sitzland;
        ~country of operation; sitz country; which country are you based in; country gevestigd;
        landerkennung; landerkurzel; landercode; landerkennzeichen; landkurzel; landencode
    """,
    "language": """
        language; preferred language; language code; language preference; communication language; correspondence
        language; spoken language; ~locale; ~preferred locale; first language; language name; system language; contact
        language; native language; ~browser language; browser locale; mother tongue; gewunschte language; language
        spoken; web browser language; voorkeurstaal; voorkeurs language; bevorzugte language; gewenste language;
        langue de correspondance; communicatietaal; kommunikationssprache; language of correspondence;
        anredesprache;
        langue par defaut; sprachcode; taalcode; code langue; sprachkennzeichen; default language
    """,
    "industry": """
        branchentext; industry text; " " industry; industry name; company industry; company sector; business sector;
        <line of business; ~vertical; industry sector; sector industry; industry type; ~business type; <sbi; ~sbi code;
        ~naics; <sbi description; <sbi omschrijving; ~sic description; <industry segment; market sector; industry
        vertical; ~activity sector; secteur dactivite; secteur activite; secteur d activite; ~branch; type of industry;
        type of business; <industry group; ~nature of business; ~market; industry 1; ~kernactiviteit; hoofdactiviteit;
        ~speciality; industry category; sub industry label; industry activity; branchebezeichnung; branch of industry;
        ~activiteit; ~activiteiten; ~activite; activite principale; bedrijfsactiviteit; sbi code description; nace
        description; libelle naf; libelle ape; naics description; primary sic description; primary naics description;
        <sub industry; naf label; branche company; in welche industry ist company tatig; what is industry; wat is
        industry; ~gewerk; ~metier; <corps d etat; ~specialite; industriezweig; geschaftsfeld; ~domaine; domaine d
        activite; domaine activite; business activity; ~filiere; <tatigkeitsfeld; ~marktsegment; ~wirtschaftssektor;
        geschaftszweig; wirtschaftsbereich; industry nace; bedrijfstype; <sous secteur; <sous industry; marktsector;
        marktsektor; ~gewerbe; ~beroepsgroep; ~berufsgruppe; wirtschaftssparte; branchenname; branchenzugehorigkeit;
        corps de metier;
        industry description; description industry
    """,
    "employees": """
        employees; number employees; number of employees; employee count; company size; size company; company employees;
        <employee range; <employees range; company employee count; total employees; size of company; workforce size;
        workforce; organisation size; ~size; aantal employees; anzahl employees; nombre employees; nombre d employees;
        taille company; taille de l company; company headcount; <number employees range; number of staff; staff count;
        bedrijfsgrootte; unternehmensgrosse; firmengrosse; number fte; aantal fte; team size; <company size range;
        company size employees; employees total; business size; full time employees; ~estimated number of employees;
        omvang; grootte company; employee size; number employees company; bedrijfsomvang; company omvang; ~personnel;
        grootteklasse; werkzame personen; number werkzame personen; aantal werkzame personen; ~personen; estimated
        employees; employees on site; ca employees; <tranche employees; tranche d employees; employee size actual;
        aantal medew; ma anzahl; ~ma; nb employees; nb de employees; nombre collaborateurs; nombre de collaborateurs;
        collaborateurs; anzahl der employees; <employee bracket; ~taille; ~grosse; ~grootte; number emp; num emp; no of
        emp; emp count; klasse werkzame personen; <employees klasse; number workers; taille effectif; nombre salaries;
        employees tranche; personeelsbestand; grossenklasse; ~medew; personalbestand; personalstarke; belegschaft;
        ~betriebsgrosse; ~number of employee; ~number employee; number of employees at company; nbre de employees; nbre
        employees; personeelsaantal; employees gesamt; employees insgesamt; hoeveel mensen werken er; combien de
        employees; personalstand; mitarbeitergrosse; <bedrijfsgrootte klasse; <mitarbeitergrossenklasse;
        mitarbeiterklasse; staff size; employee count range; employee band; site employees; aantal mw; ma zahl; anzahl ma;
        ~personeel; grootteklasse personeel; klasse personeel; personeelsklasse; ma klasse; ma grossenklasse;
        personalklasse; ~personal
    """,
    "revenue": """
        revenue; annual revenue; yearly revenue; annual turnover; company revenue; <revenue range; annual sales; total
        revenue; sales revenue; chiffre affaires; chiffre d affaires; ca annuel; ~yearly income; <annual revenue range;
        company annual revenue; estimated annual revenue; revenue eur; revenue usd; annual revenue usd; annual revenue
        eur; revenue year; revenue in eur; jaarlijkse revenue; company turnover; ~omzet klasse; revenue k; revenue m;
        estimated revenue; annual revenue converted; revenue estimate; jahres revenue; last year revenue; revenue last
        year; ~ca; sales volume; sales volume actual; revenue annuel; chiffre d affaires annuel; chiffre affaires
        annuel; ~volume sales; ann rev; annual rev; rev; ca k; ca keur; ca k eur; ca m; revenue annual; ca ht; tranche
        ca; tranche de ca; umsatzklasse; umsatzgrossenklasse; revenue in t; revenue per year; revenue per jaar;
        umsatzgrosse; ca n 1; revenue pro jahr; revenue par an; omzetcategorie; umsatzkategorie; umsatzgrossenklasse;
        sales vol; sales volume; umsatz teur; ca keur; omzet keur;
        <sales usd; <sales eur; <sales gbp
    """,
}
