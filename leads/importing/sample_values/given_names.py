"""Which given names are so common that a column of them gives itself away?"""

_NAMES = """
    aaron adam adrian agnes albert alex alexander alexandra alice alina amanda amelia amy andrea andreas andrew andy
    anja anke ann anna anne annette annika anouk anthony antoine anton arjan arnaud arthur astrid audrey aurélie
    barbara bart bas bastian ben benjamin benoît bernard bernd bert bianca birgit björn bob bram brian brigitte
    britta bruno camille carla carlos carmen caroline catherine cécile céline charles charlotte chloé chris christian
    christiane christina christine christophe christopher claire clara claudia clément colin cornelia corinne daan
    damien daniel daniela daniëlle danielle danny david deborah denise dennis diana dieter dimitri dirk dominik
    dominique donald dorothée edward ellen elena elisabeth elizabeth els elena emily emma eric erik erika esther eva
    evelien fabian fabien fabrice fatima femke fleur florian francis franck frank françois françoise frans fred
    frederik friedrich gabriele geert george gerard gérard gerd gerhard gert gilles grace greg günter guillaume guy
    hans hannah hanna harald harry heather heidi heike heinz helen helena hélène helga helmut hendrik henk henri
    herman holger hugo ian ilse inge ingrid irene iris isabel isabelle ivo jack jacob jacques jaap james jan jana
    jane janine jasmin jason jean jeffrey jenna jennifer jens jeroen jessica jim joachim joan johan johannes john
    jonas jonathan joost jordan joris jörg josé josef joseph joshua joyce juan judith julia julian julie julien
    jürgen justin kai karen karin karl karsten kathrin katharina katja katrin kees kelly ken kerstin kevin kim klaus
    koen kristina kurt lars laura laurence laurens laurent lea léa lena leon leonie lies liesbeth linda lindsey lisa
    loïc lotte louis louise luc lucas lucie lucy ludovic luis lukas luuk lynn maaike maarten manfred manon manuel
    manuela marc marcel marco margaret margot maria marianne marie marieke marijke marina mario marion marjan mark
    markus marleen martha martijn martin martina martine mary mathieu matthew matthias matthijs maud max maxime
    megan melanie mélanie merel michael michel michelle mieke miguel mike milan mirjam mohamed monika monique
    nadia nadine nancy natalie nathalie nathan nele nicholas nick nicolas nicole niels niklas nina noah nora olaf
    oliver olivia olivier oscar pamela pascal patricia patrick paul paula pauline peter petra philip philipp
    philippe pierre pieter piet rachel rainer ralf ralph raymond rebecca reinhard renate rené richard rick rob
    robert robin roel roger roland rolf romain ronald rosa roy ruben rudolf ruth ryan sabine sabrina sam samantha
    samir samuel sander sandra sara sarah sascha sean sébastien sebastian silke silvia simon simone sjoerd sofia
    sofie sonja sophie stefan stefanie steffen stéphane stephanie stéphanie stephen steve steven susan susanne sven
    sylvain sylvia sylvie tamara tanja tara teresa theo thérèse thierry thijs thomas tim timo tina tobias tom tony
    torsten ulrich ulrike ursula ute uwe valérie vanessa vera veronica véronique victor victoria vincent virginie
    walter wendy werner wilhelm willem william wim wolfgang wouter xavier yannick yves yvonne zoé zoe
    """
GIVEN_NAMES = frozenset(_NAMES.split())
