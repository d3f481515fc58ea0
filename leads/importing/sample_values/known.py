"""Which words do values hold that tell what a column is: countries, languages, legal forms, jobs, channels?"""


def listed(text: str) -> frozenset[str]:
    """The entries of a text, between commas."""
    return frozenset(" ".join(entry.split()) for entry in text.split(","))


def either(text: str) -> str:
    """A pattern that matches any of the patterns of a text, between commas."""
    return "(" + "|".join(" ".join(entry.split()) for entry in text.split(",")) + ")"


YES_NO = listed(
    """
    -, 0, 0.0, 1, 1.0, allow, checked, denied, do not allow, double opt-in, falsch, false, faux, granted, in, j,
    ja, n, nee, nein, never subscribed, no, non, non-subscribed, not subscribed, off, on, onwaar, opt-in,
    opt-out, opt_in, opt_out, optin, optout, opted, opted in, opted out, opted-in, oui, out, si, single opt-in, subscribed, sí, true, unchecked,
    unsubscribed, vrai, waar, wahr, x, y, yes, ✓, ✔
    """
)
LANGUAGES = listed(
    """
    allemand, anglais, ar, arabic, chinese, cs, da, danish, de, de-at, de-ch, de-de, de_de, deutsch, duits,
    dutch, en, en-au, en-ca, en-gb, en-us, en_gb, en_us, engels, englisch, english, es, es_es, español, fi, fr,
    fr-be, fr-fr, fr_fr, frans, französisch, français, french, german, it, it_it, italian, italiano, ja,
    japanese, nederlands, nl, nl-be, nl-nl, nl_be, nl_nl, no, néerlandais, pl, polish, polski, portuguese, pt,
    pt_br, ru, spaans, spanish, sv, swedish, vlaams, zh
    """
)
COUNTRIES = listed(
    """
    allemagne, argentina, at, au, australia, austria, aut, autriche, bangladesh, be, bel, belgie, belgien,
    belgique, belgium, belgië, br, brasil, brazil, bulgaria, ca, canada, ch, che, chile, china, cn, colombia,
    cz, czech republic, czechia, de, denemarken, denmark, deu, deutschland, dk, duitsland, dänemark, egypt,
    england, es, esp, espagne, españa, fi, finland, finnland, fr, fra, france, frankreich, frankrijk, gb, gbr,
    ger, germany, gr, great britain, greece, griekenland, holland, hu, hungary, ie, ierland, il, in, india,
    indonesia, ireland, irland, israel, it, ita, italia, italie, italien, italië, italy, japan, jp, kenya,
    korea, lu, luxembourg, luxemburg, malaysia, maroc, mexico, morocco, mx, nederland, netherlands, new zealand,
    niederlande, nigeria, nl, nld, no, noorwegen, norway, oostenrijk, pakistan, pays-bas, philippines, pl,
    poland, polen, pologne, portugal, pt, qatar, ro, romania, russia, saudi arabia, schweden, schweiz, se, sg,
    singapore, south africa, south korea, spain, spanien, spanje, suisse, sweden, switzerland, thailand, the
    netherlands, tr, turkey, turkije, türkei, uae, uk, ukraine, united arab emirates, united kingdom, united
    states, united states of america, us, usa, vereinigte staten, verenigd koninkrijk, verenigde staten,
    vietnam, za, zweden, zwitserland, états-unis, österreich
    """
)
STATUSES = listed(
    """
    active, actief, aktiv, actif, inactive, inactief, inaktiv, inactif, new, nieuw, neu, nouveau, open, contacted,
    gecontacteerd, benaderd, kontaktiert, qualified, gekwalificeerd, qualifiziert, unqualified, converted, lost, verloren,
    perdu, won, gewonnen, gagné, closed, gesloten, pending, cancelled, bounced, unsubscribed, subscribed, confirmed,
    unconfirmed, in progress, working, nurturing, recycled, archived, offen, heiß, heiss, warm, kalt, hot, cold,
    koud, lauw, abgeschlossen, in bearbeitung, nuevo, contactado, cualificado, calificado, ganado, perdido,
    activo, inactivo, abierto, cerrado, pendiente, interesado, nuovo, contattato, qualificato, vinto, perso,
    aperto, chiuso, in corso, à contacter, contacté, qualifié, en cours, chaud, tiède, froid, relancé, in
    behandeling, afgerond, offerte, prospect, proposition, negotiation, attempted to contact, not contacted, not
    interested, interested
    """
)
BLANKS = listed(
    r"""
    , #n/a, (blank), -, --, ., ?, \n, n.v.t., n/a, na, nan, nil, none, null, nvt, onbekend, select, unknown
    """
)
LEGAL_FORM = either(
    r"""
    b\.?v, n\.?v, v\.?o\.?f, c\.?v, gmbh, mbh, ag, kg, ohg, ug, e\.?v, ltd, limited, inc, incorporated, llc,
    llp, plc, corp, corporation, co, company, s\.?a, sarl, sas, sasu, spa, srl, s\.?l, s\.?p\.?a, s\.?r\.?l, oy,
    ab, as, a/s, aps, pty, pvt, group, groep, gruppe, groupe, holding, stichting, gemeente, coöperatie,
    vereniging, university, universiteit, hogeschool, school, college, hospital, ziekenhuis, bank, partners,
    associates, consulting, solutions, systems, technologies, technology, industries, services, international,
    software, media, foundation, institute, bouw, bouwgroep, logistiek, transport, techniek, advies,
    installatie, hotel, restaurant, labs, studio, enterprises, trading, logistics, energy, pharma, motors,
    werke, verlag, handel, bakkerij, garage, makelaardij, adviesgroep, zorg, metaal, metaalwerken, accountants,
    notarissen, metals, foods, ventures, networks, sàrl, eurl, sci, scop, snc, boucherie, boulangerie,
    brasserie, café, cafe, salon, auberge, hôtel, pharmacie, cabinet, agence, atelier, coiffure, traiteur,
    immobilier, transports, bäckerei, metzgerei, apotheke, praxis, kanzlei, gasthof, autohaus, stadtwerke,
    maschinenbau, slagerij, kapsalon, tandarts, praktijk, apotheek, bouwbedrijf, installatietechniek, aannemer,
    schilders, autobedrijf, ristorante, officina, farmacia, clinic, clinique, law firm, plumbing, heating,
    roofing, dental, club, pizzeria, pizza, pizzas, trattoria, bistro, bakery, kitchen, deli, grill, diner, eetcafé, frituur,
    snackbar, imbiss, bäckerei, steakhouse, pub, brewery, barbershop, nails, spa, florist, bloemist
    """
)
"""What the names of organisations end in or hold."""
JOB_WORDS = either(
    r"""
    manager, director, directeur, officer, engineer, head, hoofd, chief, ceo, cto, cfo, cio, coo, cmo, vp,
    president, owner, eigenaar, founder, partner, consultant, adviseur, berater, developer, ontwikkelaar,
    analyst, assistant, assistent, specialist, coordinator, lead, leider, leiter, sales, marketing, inkoper,
    inkoop, einkauf, purchas, buyer, architect, medewerker, administrator, supervisor, executive, teacher,
    docent, nurse, professor, technician, monteur, planner, controller, accountant, secretar, verkoper,
    geschaftsfuhrer, geschäftsführer, responsable, gérant, chef, student, bestuurder, dga, zzp, representative,
    designer, referent, recruiter
    """
)
CHANNEL = either(
    r"""
    event, events, web, website, webform, webformulier, site, telemarketing, social, social media, email,
    e-mail, mail, referral, partner, sales, beurs, vakbeurs, messe, fair, trade ?show, tradefair, seminar,
    webinar, conference, phone, telephone, telefoon, cold call(ing)?, call center, linkedin, facebook,
    instagram, newsletter, nieuwsbrief, email marketing, email campaign, online, internet, landing page.*, lead
    add form, .*form submission, organic search, paid search, direct traffic, paid social, organic social,
    social media marketing, offline( sources)?, display, affiliates?, word of mouth, mond-tot-mond, verwijzing,
    empfehlung, inbound, outbound, trade fair, advertisement, api, (lead )?import, web form, chat, direct mail,
    organic, paid, direct, campaign, other( campaigns)?, ai referrals, messestand, telefon, webseite,
    kontaktformular, salon, site web, partenaire, contact form, quick add form
    """
)
"""What people write for a channel, also where it is more of a source."""
TRULY_CHANNELS = either(
    r"""
    event, web, telemarketing, social, email, e-mail, referral, partner, sales, social media, beurs, vakbeurs,
    website, seminar, webinar, trade show, tradeshow, trade fair, messe, telefoon, phone, mail, nieuwsbrief,
    newsletter, verwijzing, empfehlung, online, outbound, inbound, organic social, paid social, organic search,
    paid search, direct traffic, email marketing, offline( sources)?, referrals, organic, paid, direct,
    affiliate
    """
)
"""What can only be a channel."""
STREET = either(
    r"""
    straat, weg, laan, plein, kade, gracht, dijk, singel, hof, park, steeg, dreef, strasse, straße, str\.,
    allee, platz, gasse, ring, damm, ufer, rue, avenue, boulevard, chemin, place, impasse, quai, street, road,
    lane, drive, way, court, square, blvd, ave, rd, st, dr, ln, calle, via, viale, piazza, route, highway, hwy,
    terrace, center, centre, parkway, pkwy, suite, postbus, po box, p\.o\. box, postfach
    """
)
INFIX = either(
    r"""
    van, de, der, den, het, 't, \u2019t, te, ten, ter, in, op, von, zu, zum, zur, vom, du, la, le, d', del, della,
    di, da, el, al, aan, bij, onder, uit, over, voor, tot, 's, v\.?d?\.?, dos, des
    """
)
SALUTATION = either(
    r"""
    dhr, de heer, heer, mevr(ouw)?, mw, mej, mr, mrs, ms, miss, mx, dr, prof, ing, ir, drs, herr, frau, m, mme,
    mlle, monsieur, madame, mag, dipl, bsc, msc, mba, phd, ba, ma, maitre, me, sir, madam, rev, hon, fam, dhr\./mevr, sr, sra, sig, dott, mister, capt, lord, lady,
    beste, geachte heer, geachte mevrouw
    """
)
