"""Which words only qualify what stands above a column: whose it is, which address, which of several?"""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


STOP_WORDS = words(
    """
    a an d das de del dell della delle der des di die du e een el enter etes eur euro euros for het ihr ihre il im
    in is je jouw keur l la le les los meur mijn mio mln my of our please sie sind teur the this to tsd und usd uw
    van voor vos votre vous wat what what's whats y your
    """
)
"""Words that say nothing."""
PERSON_WORDS = words(
    """
    aanmelder aanvrager advocaat answer antragsteller anwalt ap apotheker applicant arts arzt asp attendee
    attributes avocat beslisser best besteller bestuurder bestuurders bewerber burgemeester burgermeister candidat
    candidate client1 contact crm customer data decideur decision default demandeur dentist detail details directeur
    director directrice dirigeant dm dmu doctor donateur donor end enquirer entscheider executive field fields form
    founders gegevens general gerant geschaftsfuhrer geschaftsfuhrerin geschaftsfuhrung geschaftsleitung gf guest
    haupt hoofd hubspot huisarts individual info information inquirer inschrijver inscrit investor key kontaktdaten
    lawyer lead mailchimp main maire maker mayor medecin member merge notaire notar notaris owner_contact owners
    participant1 partner_contact patient pers person person1 personen personne persoon poc prefered preferred
    president presidente primary profile properties property proprietor question rechtsanwalt recipient record
    relatie requester respondent salesforce schulleiter schulleitung sf sollicitant speaker student submitter
    subscriber tierarzt traveler user value verzoeker veterinaire visitor volunteer voorzitter vorsitz vorsitzende
    vorsitzender vrijwilliger zoho
    """
)
"""Whoever the row is about."""
ROLES = words(
    """
    acheteur advocaat anwalt arts arzt avocat beslisser bestuurder burgemeester burgermeister buyer decideur
    dentist dirigeant dirigeante dirigeants dmu doctor einkaufer entscheider gerant gerante geschaftsfuhrer
    geschaftsfuhrerin huisarts inhaberin inkoper lawyer maire mayor medecin notaire notar notaris president
    presidente rechtsanwalt schulleiter tandarts tierarzt vertreter veterinaire voorzitter vorsitzende
    vorsitzender zaakvoerder zahnarzt
    """
)
"""Roles that, alone above names of people, name whom to speak to."""
KINDS = words(
    """
    agence agency agentur apotheek apotheke autohaus autorijschool bakery bakkerij boutique cabinet church clinic
    clinique club college ecole einrichtung etablissement fahrschule fachbetrieb farm foundation garage
    gym handelszaak hopital hospital hotel installateur institut institute instelling kanzlei kindergarten kita
    krankenhaus lycee magasin makelaar makler pharmacie pharmacy praktijk praxis restaurant school schule
    shop stichting store universitat universite universiteit university verein vereniging werkstatt winery winkel
    ziekenhuis
    """
)
"""Kinds of organisations that, alone above their names, name the organisation."""
MADE_WORDS = words(
    """
    actual actuel actuelle aktuell aktuelle aktueller band bands bezeichnung bracket canonical clean cleaned
    combined current enriched exact formatted guessed huidig huidige inferred intitule libelle normalised normalized
    omschrijving parsed raw standardised standardized tekst validated verifie verifiee verifiziert verified
    """
)
"""What was done to the values."""
COMPANY_WORDS = words(
    """
    account agence agency agentur apotheek apotheke association bakery boutique business cabinet charity church
    clinic clinique club college company corporate ecole einrichtung etablissement facility farm firm foundation
    garage geschaft gym headquarters hoofdkantoor hopital hospital hotel hq instelling institut institute
    institution kanzlei kindergarten kita krankenhaus lycee magasin mairie office_main pharmacie pharmacy practice
    praktijk praxis relation restaurant school schule shop siege stichting store universitat universite universiteit
    university venue verein vereniging vestiging winery winkel zentrale ziekenhuis
    """
)
"""The organisation of the person."""
WORK_WORDS = words(
    """
    algemeen algemene allgemein allgemeine accueil bureau buro day daytime dienstlich direct g geschaftlich geschaftliche
    office pro professional professionnel professionnelle w werk work zakelijk zakelijke zentral
    """
)
"""At work."""
HOME_WORDS = words(
    """
    domicile evening home p perso personal personnel personnelle persoonlijk privat private prive thuis
    """
)
"""At home."""
OTHER_PEOPLE = words(
    """
    account_manager agent anrufer assigned assistant bcc beller broker caller cc child children created
    creator dealer emergency father host husband introducer invited inviter manager modified mother
    organiser organizer owner panelist parent recruiter referral referred referrer rep reports reseller
    salesperson secretary seller sender sponsor spouse supervisor supplier teacher updated vendor wife
    """
)
"""Whose columns say nothing about the person of the row; the owner's name apart."""
ADDRESS_WORDS: dict[str, float] = {
    "mailing": 0.06,
    "postal": 0.07,
    "correspondentie": 0.08,
    "bezoek": 0.03,
    "visiting": 0.03,
    "visit": 0.03,
    "physical": 0.04,
    "post": 0.08,
    "location": 0.06,
    "registered": 0.09,
    "billing": 0.1,
    "factuur": 0.11,
    "rechnungs": 0.11,
    "invoice": 0.11,
    "facturation": 0.11,
    "permanent": 0.08,
    "legal": 0.09,
    "default": 0.01,
    "shipping": 0.16,
    "delivery": 0.17,
    "aflever": 0.17,
    "liefer": 0.17,
    "livraison": 0.17,
    "ship": 0.18,
    "bill": 0.12,
    "bezorg": 0.17,
    "buyer": 0.1,
    "purchaser": 0.2,
    "booker": 0.2,
    "other": 0.24,
    "alternate": 0.34,
    "alternative": 0.34,
    "alt": 0.34,
    "secondary": 0.26,
    "additional": 0.26,
    "second": 0.26,
    "old": 0.3,
    "previous": 0.3,
}
"""Which of several addresses, and how far it is from the one where the person works."""
ID_WORDS = words(
    """
    code id k key nr number pk ref reference
    """
)
"""What a number is called."""
RECORD_WORDS = words(
    """
    aanmelding aanvraag anfrage anmeldung demande einsendung eintrag enquiry entry fiche inquiry inschrijving inscription
    inzending registration reponse request response scan soumission submission
    """
)
"""What somebody sent in, of which the row is the record."""
SCHEMES = words("ape naf naics nace noga onace sbi sic wz")
"""Official lists of what companies do, each with a number and words for it."""
WORDED = words(
    """
    activite activiteit activity bezeichnung desc description hoofdactiviteit industry intitule label libelle
    omschrijving tatigkeit tekst text titel title
    """
)
"""What says that the words of such a list are meant, and not its numbers."""
COUNTING = (("aantal",), ("anzahl",), ("nb",), ("number", "of"))
"""What stands before things that are counted."""
PAIR_FILLERS = words(
    """
    all alle allen auf be bounced by communicatie contact contacted contacter de dem demarcher do en
    erhalten flag flg from given has have houden i ich ik j ja jou jullie kunftige like me mochte ne neue
    neuigkeiten nous of offres op opt opted par per person personne profiel profil receive sie status u uber
    und unsere unseren us via want we wij wil worden would yes you
    """
)
"""Words that may stand with leave given or refused."""
REFUSING = words(
    """
    abgemeldet afgemeld afmelding desinscrit geen kein keine never nicht niet no not opposition out pas
    refus sperre uitgeschreven unsubscribe unsubscribed verbot withdrawn
    """
)
GIVING = words(
    """
    aanmelden abonne abonneren abonnieren abonniert accept accepte accepted accepts acconsento accord acepta acepto
    agree agreed agreement agrees akkoord allowed autorise autorizo can consenso consent consentement consentimiento
    darf durfen einwilligung erhalten erlaubt erwunscht gewenst gewunscht happy in informieren inschrijven kan kann
    mag may mogen ok ontvang ontvangen optin permission receive recevoir souhaite souhaitee souhaitez subscribe
    subscribed subscription toegestaan toestemming wenst wilt wunschen zustimmen zustimmung
    """
)
CALLING = words(
    """
    anruf anrufe anrufen appel appeler appels bellen call called calling calls gebeld phone sms telefonieren
    telefonisch telefonwerbung telemarketing
    """
)
MAILING = words(
    """
    aanbiedingen actualite actualites angebote angeschrieben avg benaderen communications comunicaciones
    comunicazioni contact dsgvo email emailed emailer emailing emails emailwerbung gdpr gemaild hoogte informaties
    informationen informations informer informeren informieren kontaktaufnahme kontaktieren mailen mailer mailing
    mailings marketing news newsletter nieuws nouvelles offers offerten reclame rgpd updates veranstaltungen werbung
    """
)
PAIRS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("opt_out_phone", REFUSING, CALLING),
    ("opt_out_email", REFUSING, MAILING),
    ("consent_phone", GIVING, CALLING),
    ("consent_email", GIVING, MAILING),
)
"""A word that gives or refuses leave, beside the medium that it is about."""
SHARING = words(
    """
    delen derden dritte dritten partenaire partenaires partner partners share shared third tiers
    """
)
"""Leave to hand data on, which is no leave to us."""
TELLING: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("linkedin_url", (("linkedin",),)),
    (
        "employees",
        (
            ("how", "many", "employees"),
            ("hoeveel", "employees"),
            ("viele", "employees"),
            ("combien", "employees"),
            ("wie", "gross", "company"),
            ("hoe", "groot", "company"),
            ("how", "big", "company"),
            ("how", "large", "company"),
        ),
    ),
    ("is_customer", (("already", "customer"), ("bereits", "customer"), ("deja", "customer"), ("al", "customer"))),
    (
        "source_detail",
        (
            ("hear", "us"),
            ("heard", "us"),
            ("leren", "kennen"),
            ("kennengelernt",),
            ("find", "us"),
            ("aufmerksam",),
            ("kent", "ons"),
            ("connu",),
            ("connus",),
            ("connue",),
            ("terechtgekomen",),
            ("erfahren",),
            ("gehoord",),
            ("entendu",),
        ),
    ),
    (
        "interest",
        (
            ("interest", "in"),
            ("produits", "interessent"),
            ("products", "interest"),
            ("produkte", "interest"),
            ("geinteresseerd",),
            ("interessiert",),
            ("interessieren",),
        ),
    ),
    (
        "organisation",
        (
            ("company", "nom"),
            ("company", "name"),
            ("company", "werk"),
            ("organisation", "werk"),
            ("organisation", "werkt"),
            ("organisation", "work"),
            ("organisation", "arbeiten"),
        ),
    ),
    (
        "full_name",
        (
            ("quel", "nom"),
            ("wie", "heissen"),
            ("hoe", "heet"),
            ("wie", "bent"),
            ("comment", "appelez"),
            ("ihr", "name"),
        ),
    ),
    ("organisation", (("company", "arbeiten"), ("company", "werkt"), ("company", "work"), ("company", "travaillez"))),
    (
        "notes",
        (
            ("questions", "notes"),
            ("nog", "questions"),
            ("noch", "questions"),
            ("mitteilen",),
            ("anything", "else"),
            ("looking", "solve"),
            ("looking", "for"),
            ("challenge",),
            ("help", "you"),
            ("helpen",),
            ("helfen",),
            ("aider",),
            ("quel", "besoin"),
            ("use", "case"),
            ("uitdaging",),
            ("herausforderung",),
            ("defi",),
        ),
    ),
)
"""Words that, said together in a question, tell which field the answers are."""
