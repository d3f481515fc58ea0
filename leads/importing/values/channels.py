"""Through which channel did somebody come: an event, the web, a call, social media, mail, a referral, a partner, sales?"""

import re
from functools import lru_cache

from leads.names import folded

# The channels in the order in which they are looked for: "LinkedIn event" is an event, "website of a partner" a partner.
WORDS = (
    (
        "event",
        (
            r"(?:trade ?|vak|auto|jaar|job|career|banen)?(?:fairs?|beurs|beurzen|messe|messen|salon)|trade ?shows?|exhibitions?|"
            r"tentoonstelling|expo|events?|evenement(?:en)?|evenements?|veranstaltung(?:en)?|conferences?|conferentie|congres(?:sen)?|"
            r"kongress|congress|seminars?|seminaire|webinars?|webinaire|workshops?|masterclass|meet ?ups?|symposi(?:um|a)|round ?tables?|"
            r"kennissessie|bijeenkomst|stand|booth|badge|badge scan|live demo day|open dag|roadshow|summit|training"
        ),
    ),
    (
        "referral",
        (
            r"referr?als?|referred|refer a friend|verwijzing(?:en)?|doorverwezen|doorverwijzing|aanbeveling|aanbevolen|word of mouth|"
            r"mond (?:tot|op) mond(?: ?reclame)?|empfehlung(?:en)?|recommend(?:ation|ed|ations)?|recommandation|bouche a oreille|via klant|"
            r"via via|tip|client referral|customer referral|employee referral|external referral|introduction"
        ),
    ),
    ("partner", r"partners?|reseller|wederverkoper|dealers?|distributeur|distributors?|distributor|agents?|alliance|affiliates?|vertriebspartner"),
    (
        "telemarketing",
        (
            r"tele ?marketing|tele ?sales|tele ?verkoop|cold ?calls?|cold ?calling|koude acquisitie|koud gebeld|outbound(?: calls?)?|"
            r"call ?cent(?:er|re)|belactie|belcampagne|telefonisch|telefoon|telephone|phone|phone inquiry|incoming call|inbound call|call|"
            r"kaltakquise|telefonakquise|telefon|demarchage|phoning|gebeld"
        ),
    ),
    (
        "social",
        (
            r"social(?: ?media| network(?:s|ing)?)?|sociale media|linked ?in|facebook|fb|instagram|ig|twitter|x com|tiktok|youtube|pinterest|"
            r"xing|snapchat|reddit|whatsapp|soziale medien|reseaux sociaux|meta(?: ads)?|threads|quora"
        ),
    ),
    (
        "email",
        (
            r"e ?mails?|e ?mailing|mailings?|mailing ?list|mail|news ?letters?|nieuwsbrief|rundschreiben|e ?mail ?campaign|mailchimp|"
            r"direct ?mail|drip|infolettre|lettre d information"
        ),
    ),
    (
        "sales",
        (
            r"sales|verkoop|vertrieb|sales ?rep|account ?manager|eigen acquisitie|self ?generated|own lead|prospecting|prospectie|"
            r"walk ?in|field sales|buitendienst|existing customer|bestaande klant|sales team|network of rep|vente|ventes"
        ),
    ),
    (
        "web",
        (
            r"web|web ?sites?|webpage|web ?form(?:s|ulier)?|online(?: store)?|internet|google|bing|yahoo|duckduckgo|seo|sea|sem|ppc|adwords|"
            r"ads|advertentie|advertisements?|paid(?: search)?|organic(?: search| traffic)?|search(?: engine)?|zoekmachine|suchmaschine|"
            r"direct(?: traffic| visit)?|landing ?page|contact ?form(?:ulier)?|chat|live ?chat|chatbot|blog|download|white ?paper|"
            r"e ?book|content|site|site web|homepage|webseite|display|banner|referral sites|offerte ?aanvraag|quote request|demo request|"
            r"demo ?aanvraag|form|formulier|formular|formulaire|trial|sign ?up|click to call|api|landing page submission|lead add form|webshop"
        ),
    ),
)  # fmt: skip
CHANNELS = tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in WORDS)
# Phrases whose words would say otherwise.
WHOLE = {
    "referral sites": "web", "reference": "referral", "google ads": "web", "web event": "event", "online event": "event",
    "inside sales": "telemarketing", "sales call": "telemarketing", "email marketing": "email", "partner website": "partner",
    "advertisement": "web", "public relations": "web", "press": "web", "sales email alias": "email", "web research": "web",
    "seminar partner": "partner", "seminar internal": "event", "external referral": "referral", "phone enquiry": "telemarketing",
}  # fmt: skip
LONGEST = 200
NOT_A_WORD = re.compile(r"[^\w]+|_+")


def channel(raw: str) -> str | None:
    """The channel that a cell names, in English, Dutch, German or French; None when it names none."""
    return channel_named(raw) if len(raw) <= LONGEST else None


@lru_cache(maxsize=4096)
def channel_named(raw: str) -> str | None:
    """The channel in a text that is short enough to name one."""
    text = NOT_A_WORD.sub(" ", folded(raw)).strip()
    if text in WHOLE:
        return WHOLE[text]
    return next((name for name, words in CHANNELS if words.search(text)), None)
