"""What do the demo's reps, callers and visitors write down?"""

NO_ANSWER = ("", "", "Geen gehoor", "In gesprek, later nog eens", "Secretariaat: zit de hele dag in overleg")
VOICEMAIL = ("", "Boodschap ingesproken", "Voicemail, gevraagd om terug te bellen")
SPOKE = (
    "Wil eerst weten wat overstappen kost, stuurt factuur van huidige leverancier",
    "Contract loopt over een half jaar af, wil nu al een vergelijking",
    "Zoekt een partij die ook 's avonds bereikbaar is",
    "Heeft net een storing gehad van een dag, onderwerp leeft bij de directie",
    "Twee locaties, back-up staat nog op een schijf in de meterkast",
    "Doet de ICT erbij, wil ontzorgd worden",
    "Heeft de whitepaper doorgestuurd naar de directeur",
    "Wil graag een referentie uit de eigen branche zien",
    "Enthousiast over de stand, had vooral vragen over beveiliging",
    "Huidige leverancier reageert traag, staat open voor een gesprek",
    "Moet het intern nog bespreken, volgende week meer",
    "Vraagt naar meldplicht en wat er van hen verwacht wordt",
    "Groeit naar 80 werkplekken, server is vijf jaar oud",
    "Verhuist in het najaar, dan moet alles om",
    "Telefooncentrale is aan vervanging toe, dat is de ingang",
    "Prijs is niet het probleem, vertrouwen wel: vorige keer slechte ervaring",
    "Beslist samen met de controller, die er vandaag niet is",
    "Wil een proef op een afdeling voordat ze alles overzetten",
)
CALL_BACK = (
    "Zat in de auto, terugbellen",
    "Kwam nu niet uit, zelf een moment genoemd",
    "Eerst de offerte van de ander afwachten, dan weer bellen",
    "Collega gesproken, hij is er morgen weer",
    "Belt liever na de middag",
)
APPOINTMENT = (
    "Afspraak op kantoor, neemt de beheerder mee",
    "Online afspraak, uitnodiging gestuurd",
    "Komt langs met de directeur",
    "Wil de werkplek in het echt zien, afspraak gemaakt",
)
NO_INTEREST = (
    "Had alleen een tasje gepakt op de beurs",
    "Net verlengd voor drie jaar",
    "Doet het zelf en blijft het zelf doen",
    "Wilde alleen het document lezen",
)
WRONG_NUMBER = ("Nummer niet in gebruik", "Kwam uit bij een ander bedrijf", "Werkt daar niet meer")
MAILED = ("Samenvatting gemaild met twee vragen terug", "Persoonlijke mail met prijsvoorbeeld gestuurd", "")
MEETING = ("Goed gesprek, drie aandachtspunten genoteerd", "Rondleiding gedaan, offerte gevraagd", "Tweede gesprek")
REJECTED = {
    "not_reachable": ("Nummer en mailadres kloppen niet", "Mail komt terug"),
    "wrong_person": ("Is receptioniste, gaat hier niet over", "Stagiair die voor school informatie zocht"),
    "no_fit": ("Eenmanszaak", "Veel te klein voor ons", "Zit in het buitenland"),
    "no_interest": ("Zocht een baan bij ons", "Wilde ons iets verkopen"),
    "known": ("Loopt al bij een collega", "Staat al als offerte bij mij open"),
    "competitor": ("Concurrent uit de regio", "Leverancier van ons"),
}
REMARKS = (
    "Contract loopt in het voorjaar af",
    "Wil een richtprijs voor drie locaties",
    "Vraagt om een referentie in de zorg",
    "Belt liever na vier uur",
    "Orienteert zich nog",
    "Stond lang op de stand, veel vragen over back-up",
    "Graag bellen, niet mailen",
    "Zoekt vervanging voor oude telefooncentrale",
    "",
    "",
    "",
    "",
)
QUESTIONS = (
    "Kunt u mij bellen over beheer van 35 werkplekken?",
    "Wij zoeken een nieuwe ICT-partner, graag een kennismaking.",
    "Wat kost het om onze telefonie over te zetten?",
    "Vorige week lagen we een dag plat. Kunnen jullie meekijken?",
    "Graag offerte voor back-up van twee servers.",
    "Is er een proefperiode mogelijk?",
    "Wij openen een tweede vestiging en willen glasvezel.",
    "Voldoen wij aan NIS2? Graag advies.",
)
CALLERS = (
    "Afspraak akkoord, bellen om datum te prikken",
    "Interesse in werkplekbeheer, contract tot eind dit jaar",
    "Wil graag gebeld worden door een specialist",
    "Staat open voor gesprek, heeft nu alles versnipperd",
    "Gevraagd om documentatie, belangstelling lijkt echt",
    "Beslisser gesproken, budget is er",
)
INTERESTS = ("NIS2", "Werkplek", "Cloud", "Back-up", "Telefonie", "Glasvezel")
BUSINESS = (
    "Werkplekbeheer",
    "Telefonie in de cloud",
    "Back-up en herstel",
    "Beveiligingsscan en beheer",
    "Netwerk nieuwe vestiging",
    "Migratie van de servers",
    "Glasvezel en wifi",
)
LOST = ("Te duur", "Blijft bij de huidige leverancier", "Uitgesteld tot volgend jaar", "Beslissing blijft uit")
