"""What do other systems call where a lead stands, how it ended, and the columns of its past? Suggested, never taken for granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leads import names

STATUSES: Mapping[str, str] = {
    "inquiry": "new, open, lead, inquiry, enquiry, raw, unread, nieuw, aanvraag, niet gestart, offen, neu, nouveau, not contacted",
    "nurture": "nurture, nurturing, later, on hold, recycled, cold, opwarmen, in de wacht, niet nu, wiedervorlage, en attente",
    "mql": "mql, marketing qualified, marketing qualified lead, qualified, gekwalificeerd, qualifiziert, qualifie",
    "sal": (
        "sal, accepted, working, contacted, attempted, attempted to contact, in progress, assigned, connected, in behandeling, "
        "opgepakt, benaderd, gebeld, in bearbeitung, kontaktiert, en cours, contacte"
    ),
    "sql": (
        "sql, sales qualified, sales qualified lead, opportunity, proposal, quote, quotation, negotiation, demo, kans, offerte, "
        "voorstel, onderhandeling, afspraak, angebot, verhandlung, offre, proposition"
    ),
    "won": "won, closed won, converted, customer, gewonnen, klant, order, gewonnen deal, kunde, gagne, client",
    "lost": "lost, closed lost, verloren, afgewezen, niet doorgegaan, verloren deal, perdu",
    "disqualified": (
        "disqualified, unqualified, junk, spam, bad fit, bad timing, dead, not interested, duplicate, ongeschikt, geen interesse, "
        "gediskwalificeerd, niet geschikt, ungeeignet, disqualifie"
    ),
}
OUTCOMES: Mapping[str, str] = {
    "won": f"{STATUSES['won']}, yes, ja, 1, true",
    "lost": f"{STATUSES['lost']}, no, nee, 0, false",
    "disqualified": STATUSES["disqualified"],
    "open": "open, running, lopend, in progress, offen, pending, en cours",
}
KINDS: Mapping[str, str] = {
    "call": (
        "call, phone, phone call, telephone, outbound call, inbound call, gesprek, gebeld, bellen, telefoon, telefoongesprek, telefonisch, "
        "anruf, telefonat, telefon, appel, appel telephonique"
    ),
    "mail": "mail, email, e mail, e mail bericht, letter, brief, nachricht, courriel, linkedin, message, bericht, whatsapp, sms",
    "meeting": (
        "meeting, appointment, visit, demo, lunch, video call, online meeting, afspraak, bezoek, vergadering, kennismaking, termin, besuch, "
        "besprechung, rendez vous, reunion, visite"
    ),
}
RESULTS: Mapping[str, str] = {
    "spoke": (
        "spoke, spoken, connected, reached, answered, completed, done, held, gesproken, bereikt, voltooid, gehouden, erreicht, "
        "gesprochen, joint, contacte, left live message"
    ),
    "appointment": (
        "appointment, appointment made, meeting scheduled, meeting booked, demo booked, afspraak, afspraak gemaakt, termin, "
        "termin vereinbart, rendez vous, rendez vous pris"
    ),
    "call_back": "call back, callback, call later, terugbellen, later terugbellen, teruggebeld, ruckruf, zuruckrufen, rappeler, a rappeler",
    "no_answer": (
        "no answer, not reached, unreached, busy, not connected, no show, geen gehoor, niet bereikt, in gesprek, niet opgenomen, nicht erreicht, "
        "besetzt, keine antwort, pas de reponse, injoignable, non joint"
    ),
    "voicemail": "voicemail, left voicemail, left message, voicemail ingesproken, ingesproken, mailbox, anrufbeantworter, messagerie, repondeur",
    "no_interest": "no interest, not interested, declined, geen interesse, afgewezen, kein interesse, pas interesse",
    "wrong_number": "wrong number, invalid number, bad number, verkeerd nummer, fout nummer, falsche nummer, faux numero, mauvais numero",
}
HEADERS: Mapping[str, str] = {
    "lead_status": "status, lead status, stage, lead stage, fase, leadstatus, leadfase, phase, statut",
    "outcome": "outcome, result, deal result, won lost, uitkomst, resultaat, ergebnis, resultat, issue",
    "closed_at": (
        "closed at, closed on, closed date, close date, date closed, sluitdatum, afgesloten op, gesloten op, einddatum, "
        "abschlussdatum, geschlossen am, date de cloture"
    ),
    "amount": (
        "amount, deal amount, deal value, value, order value, opportunity amount, bedrag, waarde, orderwaarde, dealwaarde, betrag, "
        "auftragswert, montant"
    ),
    "mql_at": "mql, mql at, mql date, mql on, became mql, date mql, mql datum, qualified at, qualified on, gekwalificeerd op",
    "first_follow_up_at": (
        "first contact, first contacted, first contact date, first follow up, first follow up at, first activity, first call, "
        "eerste contact, eerste opvolging, eerste contactmoment, erster kontakt, erstkontakt, premier contact"
    ),
    "last_follow_up_at": (
        "last contact, last contacted, last contact date, last follow up, last activity, last activity date, last call, "
        "laatste contact, laatste activiteit, laatste opvolging, laatste contactmoment, letzter kontakt, dernier contact"
    ),
    "last_follow_up_kind": (
        "activity type, last activity type, type of activity, contact type, kind of contact, last contact type, soort contact, soort activiteit, "
        "activiteitstype, type activiteit, contactsoort, laatste contactsoort, aktivitatsart, art der aktivitat, kontaktart, type d activite"
    ),
    "last_follow_up_result": (
        "call result, call outcome, call disposition, last call result, last call outcome, disposition, activity result, activity outcome, "
        "belresultaat, resultaat gesprek, resultaat contact, gespreksresultaat, uitkomst gesprek, anrufergebnis, gesprachsergebnis, "
        "resultat d appel"
    ),
    "follow_up_notes": (
        "call notes, follow up notes, sales notes, activity notes, gespreksnotities, belnotities, gespreksverslag, notities sales, "
        "gesprachsnotizen, notes d appel"
    ),
    "next_step_at": (
        "next step, next step at, next activity, next activity date, next contact, next action, follow up on, follow up date, "
        "volgende stap, volgende actie, volgend contact, opvolgen op, nachster schritt, prochaine etape"
    ),
}


def spread_out(words: Mapping[str, str]) -> dict[str, str]:
    return {said: meaning for meaning, all_said in words.items() for said in all_said.split(", ")}


MEANINGS = {
    "lead_status": spread_out(STATUSES),
    "outcome": spread_out(OUTCOMES),
    "last_follow_up_kind": spread_out(KINDS),
    "last_follow_up_result": spread_out(RESULTS),
}
FIELD_OF = spread_out(HEADERS)
INSTEAD = frozenset({"lead_status", "notes"})
"""What a column of history is taken for where nobody said yet that it is one."""


def plain(text: str) -> str:
    """A word as it is looked up: in small letters, without accents and marks."""
    kept = (char if char.isalnum() else " " for char in names.folded(text))
    return " ".join("".join(kept).split())


def meaning(field: str, said: str) -> str:
    """What a word in a column probably means; empty where that cannot be told."""
    return MEANINGS.get(field, {}).get(plain(said), "")


def suggested(headers: Sequence[str], mapping: Sequence[str | None]) -> list[str | None]:
    """The mapping with the columns of history that their headers tell of, where nothing better was chosen."""
    all_told = [FIELD_OF.get(plain(header)) for header in headers]
    found = [None if told and chosen in INSTEAD else chosen for chosen, told in zip(mapping, all_told, strict=True)]
    for place, could_be in enumerate(zip(all_told, mapping, strict=True)):
        if found[place] is None:
            found[place] = next((field for field in could_be if field and field not in found), None)
    return found
