"""Which phrases above a column name a field, and which name none?

Phrases are in canonical words (synonyms.py), so "Telefoonnummer" and "Phone No." are one phrase: "phone number".
A phrase after `~` is only a hint, which the values must bear out; one after `<` names the field less surely than others.
"""

from leads.importing.header_words.labels_of_companies import OF_COMPANIES
from leads.importing.header_words.labels_of_consent import OF_CONSENT
from leads.importing.header_words.labels_of_leads import OF_LEADS
from leads.importing.header_words.labels_of_people import OF_PEOPLE

LABELS: dict[str, str] = {**OF_PEOPLE, **OF_COMPANIES, **OF_LEADS, **OF_CONSENT}
"""The phrases of each field; of two fields that a hint may mean, the one listed first is taken."""

NOTHING = """
    user principal name; fax; fax number; home fax; business fax; modified; modified time; modified on; modified
    by; modified date; date modified; last modified; last modified date; last modified by; last activity; last
    activity date; last activity time; last contacted; last seen; last login; last updated; updated; updated at;
    updated on; update time; last changed; changed; created by; user agent; browser; ip; ip address; latitude;
    longitude; time zone; timezone; suffix; name suffix; middle name; second name middle; nickname; phonetic first
    name; phonetic last name; phonetic middle name; photo; photo url; image; avatar; twitter; facebook; instagram;
    skype; skype id; pager; telex; isdn; callback; car phone; radio phone; spouse; children; hobby; mileage;
    sensitivity; priority; currency; quantity; price; unit price; discount; profit; total; total spent; total
    orders; amount; balance; tax; iban; vat number; btw number; approval status; attended; is guest; ticket type;
    order type; gender identity; join time; leave time; marital status; address 2; address line 2; street 2; po
    box; postbus; toevoeging; extended address; dieetwensen; last conversion; recent conversion; number of
    sessions; lead owner id; owner id; campaign id; form id; ad id; adset id; adset name; is deleted; is
    converted; converted date; password; age; family status; due date; next step; next activity date; close date;
    closing date; telefax; anniversary; reports to; assistant; manager; duration of call; year; month; day; week;
    weight; height; founded; founded year; twitter url; facebook url; email status; email type; email label; user
    1; user 2; user 3; user 4; phone type; phone label; address type; address label; email display name; email
    confidence; last contact; last contact date; last visit; last call; last email; last meeting; laatste contact;
    laatst actief; letzter kontakt; dernier contact; previous visit; next visit; next contact; next call; archived
    at; archive le; mis a jour le; last leave; last leave time; first leave; date vestiging; datum vestiging;
    vestigingsdatum; date of establishment; date established; founding date; founded on; oprichtingsdatum; date
    oprichting; grundungsdatum; grundungsjahr; date creation company; date creation entreprise; incorporation
    date; date of incorporation; kvk; btw; siret; siren; email displayed name; next call date; last called; last
    call date; laatste belmoment; last call at; last edited; last edited by; last open; last click; next meeting;
    phone extension; ext; extension; ticket price; promo code; badge type; ad group; ad group id; creative;
    creative id; placement; gclid; fbclid; utm term; utm id; contract number; contract id; workshop; workshops;
    session; sessions; one note; evernote; destination; destinations; invoice number; rechnungsnummer;
    factuurnummer; numero de facture; invoice date; rechnungsdatum; factuurdatum; date de facture; preferred
    location; preferred city; desired location; wunschort; voorkeurslocatie; bank name; bankname; maiden name;
    meisjesnaam; geburtsname; kontoinhaber; rekeninghouder; duration in call; duration call; call duration; talk time; lost reason; reason lost;
    reden geen interesse; reden verloren; zip 4; verlustgrund; date creation etablissement; date de creation de l etablissement;
    date creation societe; raw text; ocr text; raw json; raw data; ablehnungsgrund; motif de refus; motif de perte
"""
"""Headers that name no field of a lead, known so that a header row is recognised by them too."""
