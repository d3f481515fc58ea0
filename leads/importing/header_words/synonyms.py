"""Which words mean the same above a column, in English, Dutch, German, French, and some Spanish and Italian?

Each line has a canonical word or phrase, and the words that are read as it.
"""

_LINES = """\
email: mail emails mails courriel email1 mailto
email address: mailadres emailadres emailadresse mailadresse emailaddress mailaddress emailid
company: organisation organization organisatie organisaties organizations organisations bedrijf firma unternehmen
    societe entreprise empresa azienda firm employer werkgever arbeitgeber employeur instelling organisme organizacion
    organizzazione organisationseinheit compania compagnie ditta bedrijfs firmen onderneming org bedrijfsnm foretag
    virksomhed bedrift bedrijven enterprise compagnia ondernemingen societes
company name: bedrijfsnaam firmenname organisatienaam organisationsname companyname firmanaam unternehmensname
    handelsnaam organisationname organizationname statutairenaam employername orgname ondernemingsnaam
name: naam names namen nm namn navn
first name: firstname voornaam vorname prenom fname givenname forename roepnaam rufname firstnames voornamen vornamen
    firstnm fornamn fornavn
last name: lastname surname achternaam nachname familienaam familienname cognome apellido apellidos lname familyname
    secondname patronyme geslachtsnaam lastnm efternamn efternavn etternavn sobrenome apelido
full name: fullname volledigenaam vollername displayname
phone: telephone telefoon telefon telefono tel telephon phones tlf telefonisch fon telno telefonische telephonique
    telefonico
phone number: telefoonnummer telefonnummer phonenumber phoneno telnr telefoonnr telefonnr telephonenumber
    telefoonnummers rufnummer phonenr
mobile: mobiel mobil cell cellular gsm handy movil cellulare mobilfunk mob cellphone mobilephone mobilenumber
    celular mobieltje
mobile number: mobielnummer mobilnummer handynummer gsmnummer mobilfunknummer mobieltelefoonnummer mobileno mobielnr
    handynr
number: nummer nr no num numero nbr numer
address: addresse adres adresse adress adr addr direccion indirizzo addresses adressen adresses
street: straat strasse str rue calle straatnaam strassenname streetname
house number: huisnummer hausnummer huisnr hausnr housenumber housenr
postcode: zip zipcode plz postleitzahl postalcode cp cap postkode postcodes postnr postnummer pcode postc
city: town plaats plaatsnaam woonplaats vestigingsplaats stad stadt wohnort ville ciudad citta localite gemeente
    locality suburb city1 cityname standplaats commune ort woonpl ortschaft
country: land pays pais paese nation staat_land landnaam countryname country1 countries
region: provincie bundesland departement_region kanton canton regio regione provincia comunidad gewest
    state_province bundesstaat
state: province staat estado
title: titel titre titulo titolo
salutation: aanhef anrede civilite geehrte salutations aanspreektitel aanspreekvorm tratamiento honorific
job title: functie functietitel functienaam jobtitle jobtitel beruf fonction cargo puesto jobposition
    stellenbezeichnung funktie ruolo functieomschrijving berufsbezeichnung jobrole mansione befattning
department: afdeling abteilung dept service_departement departamento reparto afd abt
industry: branche bedrijfstak industrie sector sectors sektor branch_industry secteur industries settore
    wirtschaftszweig vertical industria
employees: medewerkers mitarbeiter werknemers employes fte ftes mitarbeitende mitarbeiteranzahl personeel
    headcount empleados dipendenti personeelsleden beschaftigte beschaftigten effectif effectifs staff employee_count
    numemployees salaries salarie emp emps arbeitnehmer mitarb collaborateurs
number employees: mitarbeiterzahl medewerkersaantal numberofemployees employeecount noofemployees numberemployees
    personeelsomvang beschaftigtenzahl
revenue: omzet umsatz jahresumsatz turnover jaaromzet annualrevenue facturacion fatturato omzetklasse
website: web_site webpage homepage webseite webadres url site internetadres siteweb www webadresse internetseite
    websites weburl urls internet websiteurl sitio webpagina homepages paginaweb
language: taal sprache langue voertaal idioma lingua preferred_language correspondentietaal korrespondenzsprache
    lang
notes: opmerking opmerkingen notities notitie bemerkung bemerkungen notizen notiz anmerkung anmerkungen kommentar
    kommentare remarques remarque comments comment commentaire commentaires note remarks remark toelichting
    observaciones notas opmerk opm bemerk anm hinweis hinweise vermerk comentarios comentario commenti anotaciones
    appunti opmerkinge aantekening aantekeningen gespreksopmerking
description: omschrijving beschreibung beschrijving descripcion descrizione desc
message: bericht nachricht mensaje messaggio vraag
status: stato estado_lead etat_lead statut
source: bron herkomst herkunft quelle origine leadsource leadbron leadquelle fuente origin sources provenance src
    fonte verkeersbron provenienza procedencia leadsources
channel: kanaal kanal canal
campaign: campagne kampagne campana campagna campaigns campaignname campagnenaam kampagnenname eventnaam
owner: eigenaar eigentumer besitzer proprietaire propietario accounteigenaar
account manager: accountmanager accountmanagers accountbeheerder relatiebeheerder kundenbetreuer betreuer
tags: tag labels label etiquettes kenmerken schlagworte schlagworter markierungen etiquetas stichworte
date: datum fecha data_date dates dt
created: aangemaakt aanmaakdatum erstellt erstellungsdatum createdat createdon creation createdate createddate
    created_at datecreated creationdate angelegt invoerdatum cree createtime createdtime erstelldatum
code: cd kode codes
1: one een1 eins
2: two zwei
3: three
member: adherent adherents mitglied lid leden mitglieder membre members
timestamp: tijdstempel zeitstempel datetime horodateur tijdstip
birthday: birthdate dob geboortedatum geburtsdatum geburtstag naissance verjaardag birth_date dateofbirth
    anniversaire cumpleanos compleanno
interest: interesse interesses interests interessen interessegebied interet interets interested interes
product: produkt produit producto products producten produkte prodotto
linkedin: linkedinurl linkedinprofile linkedinprofiel
initials: voorletters voorletter initialen initiales initial voorl
infix: tussenvoegsel tussenvoegsels tv tussenvoegel voorvoegsel voorvoegsels namenszusatz vorsatzwort tussenv
    prefix_name
newsletter: nieuwsbrief newsletters boletin newsletteropt rundbrief infolettre
customer: klant kunde client cliente klanten kunden clients customers clienti kundin klientin
contact: contacts kontakt contacto contatto kontakts kontaktes kontakte
contact person: contactpersoon ansprechpartner contactpersonen kontaktperson interlocuteur interlocutrice contactperson ansprechperson
    ansprechpartners ansprechpartnerin aanspreekpunt contactpersoons kontaktpersonen
contact name: contactnaam contactname kontaktname contactpersoonnaam
customer name: klantnaam kundenname customername clientname
attendee: attendees deelnemer teilnehmer participant participants deelnemers teilnehmende asistente registrant
    registrants delegate delegates bezoeker besucher visiteur guest guests partecipante partecipanti participante
    participantes invitee teilnehmers besuchers
lead: leads prospect prospects interessent interessenten prospekt
score: punten punkte scoring
customer number: klantnummer klantnr kundennummer kundennr klantcode debiteurnummer debiteurnr customerno
    customernumber customerid customernr relatienummer relatienr debitornummer klantid kundenid debitorennummer
    clientid
id: identifier uuid guid ids kennung identifiant
created by: createdby
owner name: ownername
time: zeit tijd heure
event: evenement veranstaltung beurs messe evento seminar webinar congres
registered: inschrijfdatum registriert ingeschreven aangemeld anmeldedatum aanmelddatum registrierungsdatum
    registratiedatum inschrijvingsdatum
postal: postaal
rating: beoordeling bewertung
group: groep gruppe groupe groups groepen gruppen groupes
gender: geslacht geschlecht sexe sex
age: leeftijd alter edad
bezoek address: bezoekadres
registered address: vestigingsadres
factuur address: factuuradres
aflever address: afleveradres
rechnungs address: rechnungsadresse
liefer address: lieferadresse
business phone: businessphone workphone zakelijknummer
status code: statuscode
function: funktion funktionen
reference: referentie referenz referencia riferimento
username: benutzername gebruikersnaam
primary: primair primaire primares primarer primario principal principale primare primarer primares
meeting: vergadering besprechung reunion reunione riunione
original: ursprungliche ursprunglich ursprunglicher oorspronkelijke oorspronkelijk originale
traffic: trafic verkeer trafico traffico
questions: vragen fragen preguntas domande
lead status: leadstatus leadstat
lead source: leadsrc
"""


def _read(lines: str) -> dict[str, str]:
    """From each word to the canonical one."""
    joined = lines.replace("\n    ", " ").splitlines()
    pairs = (line.split(": ", 1) for line in joined)
    return {word: canonical for canonical, words in pairs for word in words.split()}


SYNONYMS: dict[str, str] = _read(_LINES)
