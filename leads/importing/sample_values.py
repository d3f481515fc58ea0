"""What do the values of a column look like, whatever stands above it?"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

EMAIL = re.compile(r"<?[^@\s<>]+@[^@\s]+\.[^@\s<>]{2,}>?")
LINK = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(com|nl|de|fr|be|eu|org|net|io|co|uk|example|info|biz|es|it|at|ch|ai|app)(/\S*)?", re.IGNORECASE)
LINKEDIN = re.compile(r"(https?://)?([a-z]{2,3}\.)?linkedin\.com/\S+", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?[€$£]?\s?[-+]?\d[\d.,' \u00a0]*\s?([%€$£]|eur|usd|[kmb]|mln|mio|mrd|bn|m[n]?|million|billion)?", re.IGNORECASE)
RANGE = re.compile(r"[<>±~+]?\s?\d[\d.,']*\s?[kKmM]?\s?(\+|-|–|to|t/m|tot|bis|à|a|and|en)\s?(more|\d[\d.,']*\s?[kKmM]?)?(\s\w+)?|(less|more|fewer|over|under|meer|minder|mehr|uber)\b.*\d.*|[<>±~]\s?\d.*|self[- ]employed|\d[\d.,]*\s?(employees|medewerkers|mitarbeiter|fte|people|personen)", re.IGNORECASE)
PHONE = re.compile(r"(p:)?[+(]?[\d(][\d\s()./+\-–\u00a0]{5,22}(\s?(x|ext\.?|#|tst\.?)\s?\d{1,6})?|\+?\d+\s\(\d+\)\s[\d\s-]+", re.IGNORECASE)
MONTH = r"(jan|feb|mar|mrt|mär|apr|may|mai|mei|jun|jul|aug|sep|oct|okt|nov|dec|dez|déc|fév|avr|jui|aoû)[a-zéû]*\.?"
DATE = re.compile(
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}([ T,]+\d{{1,2}}:\d\d.*)?|\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](\d{{4}}|\d\d)([ T,]+\d{{1,2}}[:.]\d\d.*)?"
    rf"|((mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?{MONTH}\s+\d{{1,2}},?\s+\d{{2,4}}.*|(\w{{2,10}},?\s+)?\d{{1,2}}\.?[ -]{MONTH}[ -]\d{{2,4}}.*|(mon|tue|wed|thu|fri|sat|sun) {MONTH} \d.*|\d{{8}}T?\d{{0,6}}Z?",
    re.IGNORECASE,
)
UUID = re.compile(r"\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?", re.IGNORECASE)
POSTCODE = re.compile(r"\d{4}\s?[A-Z]{2}|\d{5}(-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{4}|[A-Z]-?\d{4,5}|\d{3}\s?\d{2}|\d{3}", re.IGNORECASE)
DUTCH_POSTCODE = re.compile(r"[1-9]\d{3}\s?[A-Z]{2}")
HOUSE_NUMBER = re.compile(r"\d{1,5}(\s?[-/]?\s?[a-zA-Z0-9]{0,4})?(\s?(bis|hs|huis|rood|-?[IVX]+|[a-z]))?(\s?-\s?\d+)?", re.IGNORECASE)
MOBILE = re.compile(r"(\+31|0031)\s?\(?0?\)?\s?-?6[\s\d-]{8,}|06[\s-]?[\d\s-]{8,}|(\+49|0049)\s?\(?0?\)?\s?1[5-7]\d.*|01[5-7]\d[\s/-].*|(\+33|0033)\s?\(?0?\)?\s?[67].*|0[67][\s.]\d\d[\s.].*|(\+44|0044)\s?\(?0?\)?\s?7\d.*|07\d{3}\s.*|(\+32|0032)\s?\(?0?\)?\s?4\d\d.*|04\d\d[\s/.-].*")
SALUTATION = re.compile(r"(dhr|de heer|heer|mevr(ouw)?|mw|mej|mr|mrs|ms|miss|mx|dr|prof|ing|ir|drs|herr|frau|m|mme|mlle|monsieur|madame|sir|madam|rev|hon|fam|dhr\./mevr|sr|sra|sig|dott|mister|capt|lord|lady|beste|geachte heer|geachte mevrouw)\.?(\s?(dr|prof|ir|drs|ing|med|phd)\.?)*", re.IGNORECASE)
INITIALS = re.compile(r"([A-Z][a-z]?\.?\s?-?){1,6}")
INFIX = re.compile(r"(van|de|der|den|het|'t|’t|te|ten|ter|in|op|von|zu|zum|zur|vom|du|la|le|d'|del|della|di|da|el|al|aan|bij|onder|uit|over|voor|tot|'s|v\.?d?\.?|dos|des)([\s./]+(van|de|der|den|het|'t|’t|d|d\.|la|el|ten|ter|und|zu))*", re.IGNORECASE)
YES_NO = frozenset("yes no y n true false ja nein nee oui non si sí 0 1 x j wahr falsch waar onwaar vrai faux on off checked unchecked opt-in opt-out opted-in subscribed unsubscribed granted denied opted in opted out - in out".split()) | {"not subscribed", "single opt-in", "double opt-in", "never subscribed", "non-subscribed", "opted in", "opted out", "✓", "✔", "0.0", "1.0", "allow", "do not allow"}
LEGAL_FORM = re.compile(r"\b(b\.?v|n\.?v|v\.?o\.?f|c\.?v|gmbh|mbh|ag|kg|ohg|ug|e\.?v|ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|co|company|s\.?a|sarl|sas|sasu|spa|srl|s\.?l|s\.?p\.?a|s\.?r\.?l|oy|ab|as|a/s|aps|pty|pvt|group|groep|gruppe|groupe|holding|stichting|gemeente|coöperatie|vereniging|university|universiteit|hogeschool|school|college|hospital|ziekenhuis|bank|partners|associates|consulting|solutions|systems|technologies|technology|industries|services|international|software|media|foundation|institute|bouw|bouwgroep|logistiek|transport|techniek|advies|installatie|hotel|restaurant|labs|studio|enterprises|trading|logistics|energy|pharma|motors|werke|verlag|handel|bakkerij|garage|makelaardij|adviesgroep|zorg|metaal|metaalwerken|accountants|notarissen|metals|foods|ventures|networks)\b\.?", re.IGNORECASE)
PERSON = re.compile(r"[A-ZÀ-Þ][\w'’.À-ÿ-]*,? ((van|de|der|den|het|'t|ter|ten|te|von|zu|du|la|le|del|di|da|el|al|bin|v\.?d\.?|op|in|dos|[A-Z]\.?)\s)*[A-ZÀ-Þ(][\w'’.À-ÿ)-]*( [A-ZÀ-Þ(][\w'’.À-ÿ)-]*){0,2}|[A-ZÀ-Þ][\w'’À-ÿ-]+, ?[A-ZÀ-Þ][\w'’.À-ÿ -]*|([A-Z]\.)+ ?.*")
JOB_WORDS = re.compile(r"(manager|director|directeur|officer|engineer|head|hoofd|chief|ceo|cto|cfo|cio|coo|cmo|vp|president|owner|eigenaar|founder|partner|consultant|adviseur|berater|developer|ontwikkelaar|analyst|assistant|assistent|specialist|coordinator|lead|leider|leiter|sales|marketing|inkoper|inkoop|einkauf|purchas|buyer|architect|medewerker|administrator|supervisor|executive|teacher|docent|nurse|professor|technician|monteur|planner|controller|accountant|secretar|verkoper|geschaftsfuhrer|geschäftsführer|responsable|gérant|chef|student|bestuurder|dga|zzp|representative|designer|referent|recruiter)", re.IGNORECASE)
CHANNEL = re.compile(r"(event|events|web|website|webform|webformulier|site|telemarketing|social|social media|email|e-mail|mail|referral|partner|sales|beurs|vakbeurs|messe|fair|trade ?show|tradefair|seminar|webinar|conference|phone|telephone|telefoon|cold call(ing)?|call center|linkedin|facebook|instagram|newsletter|nieuwsbrief|email marketing|email campaign|online|internet|landing page.*|lead add form|.*form submission|organic search|paid search|direct traffic|paid social|organic social|social media marketing|offline( sources)?|display|affiliates?|word of mouth|mond-tot-mond|verwijzing|empfehlung|inbound|outbound|trade fair|advertisement|api|(lead )?import|web form|chat|direct mail|organic|paid|direct|campaign|other( campaigns)?|ai referrals|messestand|telefon|webseite|kontaktformular|salon|site web|partenaire|contact form|quick add form)", re.IGNORECASE)
OUR_CHANNELS = frozenset("event web telemarketing social email referral partner sales".split())
TRULY_CHANNELS = re.compile(r"(event|web|telemarketing|social|email|e-mail|referral|partner|sales|social media|beurs|vakbeurs|website|seminar|webinar|trade show|tradeshow|trade fair|messe|telefoon|phone|mail|nieuwsbrief|newsletter|verwijzing|empfehlung|online|outbound|inbound|organic social|paid social|organic search|paid search|direct traffic|email marketing|offline( sources)?|referrals|organic|paid|direct|affiliate)", re.IGNORECASE)
LANGUAGES = frozenset("nl en de fr es it pt nl-nl en-us en-gb de-de fr-fr nl_nl en_us en_gb de_de fr_fr es_es pt_br nl-be fr-be nl_be it_it pl sv da fi no cs dutch english german french spanish italian portuguese nederlands engels duits frans deutsch englisch französisch anglais allemand français néerlandais italiano español polish swedish danish vlaams spaans polski en-ca en-au de-at de-ch ru zh ja ar chinese japanese arabic".split())
COUNTRIES = frozenset(name.strip() for name in "nederland,netherlands,the netherlands,niederlande,pays-bas,holland,nl,nld,belgië,belgie,belgium,belgien,belgique,be,bel,duitsland,germany,deutschland,allemagne,de,deu,ger,frankrijk,france,frankreich,fr,fra,verenigd koninkrijk,united kingdom,great britain,england,uk,gb,gbr,usa,us,united states,united states of america,verenigde staten,vereinigte staten,états-unis,spain,spanje,spanien,espagne,españa,es,esp,italy,italië,italien,italie,italia,it,ita,luxemburg,luxembourg,lu,austria,oostenrijk,österreich,autriche,at,aut,switzerland,zwitserland,schweiz,suisse,ch,che,portugal,pt,poland,polen,pologne,pl,denmark,denemarken,dänemark,dk,sweden,zweden,schweden,se,norway,noorwegen,no,finland,finnland,fi,ireland,ierland,irland,ie,india,in,china,cn,japan,jp,australia,au,canada,ca,brazil,brasil,br,mexico,mx,turkey,turkije,türkei,tr,greece,griekenland,gr,czech republic,czechia,cz,hungary,hu,romania,ro,bulgaria,south africa,za,uae,united arab emirates,singapore,sg,israel,il,russia,ukraine,argentina,chile,colombia,indonesia,malaysia,thailand,philippines,vietnam,south korea,korea,new zealand,egypt,nigeria,kenya,pakistan,bangladesh,saudi arabia,qatar,morocco,maroc".split(","))
STREET = re.compile(r".*(straat|weg|laan|plein|kade|gracht|dijk|singel|hof|park|steeg|dreef|strasse|straße|str\.|allee|platz|gasse|ring|damm|ufer|rue|avenue|boulevard|chemin|place|impasse|quai|street|road|lane|drive|way|court|square|blvd|ave|rd|st|dr|ln|calle|via|viale|piazza|route|highway|hwy|terrace|center|centre|parkway|pkwy|suite|postbus|po box|p\.o\. box|postfach)\b.*|\d+\s[A-Z].*", re.IGNORECASE)
SHAPES: dict[str, re.Pattern[str]] = {
    "email": EMAIL, "link": LINK, "linkedin": LINKEDIN, "number": NUMBER, "range": RANGE, "phone": PHONE, "date": DATE, "uuid": UUID, "postcode": POSTCODE,
    "dutch_postcode": DUTCH_POSTCODE, "house_number": HOUSE_NUMBER, "mobile": MOBILE, "salutation": SALUTATION, "initials": INITIALS, "infix": INFIX, "person": PERSON,
    "channel": CHANNEL, "true_channel": TRULY_CHANNELS, "street": STREET,
}
SETS = {"yes_no": YES_NO, "language": LANGUAGES, "country": COUNTRIES}
PARTS = {"legal_form": LEGAL_FORM, "job": JOB_WORDS}
BLANKS = frozenset({"", "-", "--", "n/a", "na", "null", "none", "#n/a", "nan", "unknown", "onbekend", "nvt", "n.v.t.", "?", "select", ".", "(blank)", "\\n", "nil"})


@dataclass(frozen=True)
class Profile:
    """The values of one column that are not blank, as counts of distinct values."""

    values: Counter[str]

    @classmethod
    def of(cls, cells: list[str]) -> "Profile":
        stripped = (cell.strip()[:300] for cell in cells)
        return cls(Counter(cell for cell in stripped if cell.lower() not in BLANKS))

    @cached_property
    def count(self) -> int:
        return self.values.total()

    @cached_property
    def distinct(self) -> float:
        """The share of values that stand only once among the distinct ones; 1 when all differ."""
        return len(self.values) / self.count if self.count else 0.0

    def share(self, shape: str) -> float:
        """The share of values of a shape; nought for an empty column."""
        return self._shares.setdefault(shape, self._measure(shape)) if self.count else 0.0

    @cached_property
    def _shares(self) -> dict[str, float]:
        return {}

    def _measure(self, shape: str) -> float:
        if shape in SETS:
            return self.part(lambda value: value.lower() in SETS[shape])
        if shape in PARTS:
            return self.part(PARTS[shape].search)
        return self.part(SHAPES[shape].fullmatch)

    def part(self, test) -> float:
        """The share of values that pass a test, each distinct one tested once."""
        if not self.count:
            return 0.0
        return sum(count for value, count in self.values.items() if test(value)) / self.count

    @cached_property
    def length(self) -> float:
        """The mean number of characters."""
        return sum(len(value) * count for value, count in self.values.items()) / self.count if self.count else 0.0

    @cached_property
    def numeric(self) -> float:
        return self.share("number")

    @cached_property
    def largest(self) -> float:
        """The largest plain number, nought without one."""
        return max((float(value) for value in self.values if re.fullmatch(r"\d{1,15}(\.\d+)?", value)), default=0.0)
