"""Prose for comparing typesetters: sentences of our own, put together to paragraphs in an order that is always the same."""

SENTENCES = {
    "en": """A waiting room is seldom a place where people read with attention, and yet that is where most leaflets are read.
Someone who has just heard a diagnosis remembers very little of what was said afterwards.
The paper that lies in the drawer at home is therefore the conversation that takes place a second time.
It must be understandable without the physician, without the pharmacist and without a dictionary.
Short words help, but familiar words help more than short ones.
A sentence that contains three numbers is usually remembered without any of them.
Many organisations measure the success of their publications by the number of copies that were printed.
Nobody can say how many of those copies were opened, understood and followed.
A better measure is the question that a reader asks next.
Whoever writes for everyone begins with the people who find reading difficult.
They include those whose eyes are tired, those who learned the language late and those who are afraid.
Typographical conventions were developed for readers who had time.
Large margins, generous spacing and headings that announce what follows are not decoration.
They let a reader leave the text and return to it without having lost the way.
An illustration replaces a paragraph only when it shows something that the paragraph could not say.
Otherwise it interrupts, and an interruption is expensive for somebody who reads slowly.
Screen readers speak the text from the beginning to the end, unless the document has a structure that permits another order.
The structure must correspond to the meaning, since nobody who listens can see that a line was printed in bold letters.
Translations disclose every carelessness of the original.
An expression that was merely imprecise in one language becomes incomprehensible in the next.
For this reason experienced translators ask more questions than inexperienced ones.
The recommendation to drink enough water sounds simple, although it means something different in every household.
Quantities should be given in glasses, spoons and hours, because those are the instruments that people own.
Responsibility for a publication does not end with its distribution.""",
    "de": """Wer im Wartezimmer sitzt, liest selten aufmerksam, und doch werden die meisten Merkblätter gerade dort gelesen.
Kaum jemand behält nach einer Diagnose, was im anschließenden Gespräch noch erläutert wurde.
Das Blatt in der Schublade ist deshalb das Gespräch, das zu Hause ein zweites Mal stattfindet.
Es muss ohne Ärztin, ohne Apotheker und ohne Wörterbuch verständlich sein.
Kurze Wörter helfen, vertraute Wörter helfen jedoch mehr als kurze.
Von einem Satz mit drei Zahlen bleibt gewöhnlich keine einzige in Erinnerung.
Viele Einrichtungen messen den Erfolg ihrer Veröffentlichungen an der gedruckten Auflage.
Wie viele Exemplare geöffnet, verstanden und befolgt wurden, vermag niemand zu sagen.
Ein besserer Maßstab ist die Frage, die eine Leserin als Nächstes stellt.
Wer für alle schreibt, beginnt bei denen, die mit dem Lesen Schwierigkeiten haben.
Dazu gehören Menschen mit müden Augen, Menschen, die die Sprache spät gelernt haben, und Menschen in Angst.
Typografische Gewohnheiten sind für Leser entstanden, die Zeit hatten.
Breite Ränder, großzügige Zeilenabstände und ankündigende Überschriften sind keine Verzierung.
Sie erlauben es, den Text zu verlassen und zurückzukehren, ohne die Orientierung zu verlieren.
Eine Abbildung ersetzt einen Absatz nur dann, wenn sie etwas zeigt, was der Absatz nicht sagen könnte.
Andernfalls unterbricht sie, und eine Unterbrechung ist für langsame Leser besonders anstrengend.
Bildschirmlesegeräte sprechen den Text von Anfang bis Ende, sofern das Dokument keine Gliederung besitzt, die eine andere Reihenfolge gestattet.
Die Gliederung muss der Bedeutung entsprechen, denn wer zuhört, sieht nicht, dass eine Zeile fett gedruckt wurde.
Übersetzungen bringen jede Nachlässigkeit des Originals ans Licht.
Was in der einen Sprache lediglich ungenau war, wird in der nächsten unverständlich.
Erfahrene Übersetzerinnen stellen deshalb mehr Rückfragen als unerfahrene.
Die Empfehlung, ausreichend Wasser zu trinken, klingt einfach, bedeutet aber in jedem Haushalt etwas anderes.
Mengenangaben gehören in Gläser, Löffel und Stunden, weil die Menschen genau diese Messinstrumente besitzen.
Die Verantwortung für eine Veröffentlichung endet nicht mit ihrer Verteilung.""",
    "fr": """Une salle d’attente est rarement un endroit où l’on lit avec attention, et pourtant c’est là que la plupart des dépliants sont lus.
Après l’annonce d’un diagnostic, on retient très peu de ce qui est expliqué ensuite.
La feuille rangée dans le tiroir est donc la conversation qui recommence à la maison.
Elle doit rester compréhensible sans médecin, sans pharmacien et sans dictionnaire.
Les mots courts aident, mais les mots familiers aident davantage.
D’une phrase qui contient trois nombres, on ne retient généralement aucun.
Beaucoup d’établissements mesurent le succès de leurs publications au nombre d’exemplaires imprimés.
Personne ne saurait dire combien de ces exemplaires ont été ouverts, compris et suivis.
La question que le lecteur pose ensuite est une meilleure mesure.
Celui qui écrit pour tous commence par ceux pour qui la lecture est difficile.
Parmi eux se trouvent des personnes aux yeux fatigués, des personnes qui ont appris la langue tardivement et des personnes inquiètes.
Les conventions typographiques ont été établies pour des lecteurs qui disposaient de leur temps.
Des marges larges, un interlignage généreux et des titres qui annoncent la suite ne sont pas des ornements.
Ils permettent de quitter le texte et d’y revenir sans perdre son chemin.
Une illustration ne remplace un paragraphe que si elle montre ce que le paragraphe ne pourrait pas dire.
Sinon elle interrompt, et une interruption coûte cher à celui qui lit lentement.
Les lecteurs d’écran prononcent le texte du début à la fin, à moins que le document ne possède une structure qui autorise un autre ordre.
La structure doit correspondre au sens, puisque celui qui écoute ne voit pas qu’une ligne est imprimée en caractères gras.
Les traductions révèlent chaque négligence de l’original.
Une expression simplement imprécise dans une langue devient incompréhensible dans la suivante.
C’est pourquoi les traducteurs expérimentés posent davantage de questions que les débutants.
La recommandation de boire suffisamment paraît simple, quoiqu’elle signifie autre chose dans chaque foyer.
Les quantités s’indiquent en verres, en cuillères et en heures, parce que ce sont les instruments que chacun possède.
La responsabilité d’une publication ne s’arrête pas à sa distribution.""",
}


def paragraphs(language, words=3000):
    """Paragraphs of three to seven sentences, at least that many words in all."""
    sentences = SENTENCES[language].split("\n")
    state, made, count = 7, [], 0
    while count < words:
        chosen = []
        state = (state * 1103515245 + 12345) % 2**31
        for _ in range(3 + (state >> 16) % 5):
            state = (state * 1103515245 + 12345) % 2**31
            sentence = sentences[(state >> 16) % len(sentences)]
            if sentence not in chosen:
                chosen.append(sentence)
        made.append(" ".join(chosen))
        count += len(made[-1].split())
    return made
