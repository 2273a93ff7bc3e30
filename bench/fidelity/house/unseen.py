"""Documents that no parser was tuned on: written last, measured once."""

Parts = list[tuple]

BELL: Parts = [
    ("h", 1, "The bell of the Grange"),
    (
        "p",
        "At Millau a bell rings at ten and at four. Baptiste Sérance bought it with the workshop, "
        "in 1928, from the widow of a glover who had rung it for his sheep. It is a quarter tone "
        "flat, and everybody who has cut gloves there can sing it.",
    ),
    ("h", 2, "1. What it is for"),
    (
        "p",
        "At ten the cutters put down their knives and look at their hands. A cut that nobody "
        "noticed is dressed; a stiff thumb is rested. At four the skins are turned, so that none "
        "lies two hours with the same side to the air.",
    ),
    ("li", "ten o’clock: hands;"),
    ("li", "four o’clock: skins;"),
    ("li", "any other hour: a visitor, or a fire."),
    ("h", 2, "2. Who rings it"),
    (
        "p",
        "The youngest apprentice. In 2025 that is Salomé, who has the number 27. She has broken "
        "the rope once, in January, and spliced it herself with waxed linen thread, the same that "
        "closes the fingers of a glove: four stitches to the centimetre.",
    ),
    (
        "table",
        [
            ["Years", "Rung by", "Skins a day"],
            ["1928-1939", "Aimé Vernet the younger", "40"],
            ["1946-1986", "whoever was nearest", "65"],
            ["since 2019", "the youngest", "52"],
        ],
    ),
    ("p", "The bell was never melted. In the winter of 1943 it lay under the cabbages."),
]

TABLIER: Parts = [
    ("h", 1, "Le tablier de l’imprimeur"),
    (
        "p",
        "Chaque imprimeur de la montée des Fileuses reçoit, le jour de son premier cadre, un "
        "tablier de lin de Normandie. Il est écru. Il ne le restera pas : au bout d’un an, on y "
        "lit tout ce que la table a tiré.",
    ),
    ("h", 2, "Comment on le lit"),
    (
        "p",
        "Les taches de gauche viennent du godet, celles de droite du rail. Une ligne nette à la "
        "taille indique un homme pressé ; une ombre aux genoux, un homme qui range. Odile Ferrand "
        "savait, d’un coup d’œil, qui avait tiré le bleu.",
    ),
    ("h", 2, "Ce qu’il devient"),
    (
        "table",
        [
            ["Âge", "Usage", "Lieu"],
            ["un an", "on le garde", "vestiaire"],
            [None, "on le prête", "école"],
            ["dix ans", "on l’encadre", "archive"],
        ],
    ),
    ("h", 3, "Exceptions"),
    (
        "p",
        "Celui de Lucien Abadie, de 1946, n’a qu’une tache, grosse comme une pièce, couleur de "
        "safran. Il disait qu’il l’avait faite exprès, pour que l’on ait quelque chose à raconter.",
    ),
]

SETA: Parts = [
    ("h", 1, "Il baco e la foglia"),
    (
        "p",
        "Nelle Cevenne il gelso mette le foglie alla fine di aprile. Il baco mangia per ventotto "
        "giorni, dorme quattro volte e poi non mangia più. Chi lo alleva non parla forte nella "
        "stanza: si dice che il rumore spezzi il filo, e nessuno ha voluto provare.",
    ),
    ("h", 2, "Il filo"),
    (
        "p",
        "Un bozzolo dà fra ottocento e milleduecento metri. Se ne uniscono sei per fare un capo; "
        "a Charlieu, con quattro capi, si tesse la saia di diciotto momme sulla quale la casa "
        "stampa dal 1946.",
    ),
    ("ol", 1, "si scelgono i bozzoli bianchi;"),
    ("ol", 2, "si immergono nell’acqua calda;"),
    ("ol", 3, "si cerca il capo con una scopetta di erica."),
    ("h", 2, "I numeri"),
    (
        "table",
        [["Anno", "Quota delle Cevenne"], ["2016", "4 %"], ["2024", "12 %"]],
    ),
    ("p", "Il resto viene dal Brasile, e la casa lo scrive sull’etichetta."),
]

KATA: Parts = [
    ("h", 1, "巻き縁の手ほどき"),
    (
        "p",
        "カレの縁は、すべて手で巻きます。布の端を親指と人差し指で転がし、細い糸で一目ずつ留めます。"
        "一枚におよそ四十五分、針目は一センチに五つです。",
    ),
    ("h", 2, "用意するもの"),
    ("ol", 1, "絹糸。布よりわずかに暗い色を選びます。"),
    ("ol", 2, "細い針。先が丸くなったものは使いません。"),
    ("ol", 3, "湿らせた海綿。"),
    ("h", 2, "角のつくり方"),
    (
        "p",
        "角では糸を切りません。布を四十五度に折り、余りを中へ入れてから、三針だけ細かく縫います。"
        "はじめの百枚は、だれの角も丸くなります。百一枚目から、少しずつ角になります。",
    ),
    (
        "table",
        [["大きさ", "時間"], ["九十センチ", "四十五分"], ["百四十センチ", "七十分"]],
    ),
]

RADIO: Parts = [
    (
        "turn",
        "PRESENTER",
        4.0,
        "Noor Haddad, you say that you compose with the window closed. Why?",
    ),
    (
        "turn",
        "NOOR HADDAD",
        9.0,
        "Because the garden has opinions. In June it wants everything to be jasmine.",
    ),
    ("turn", "PRESENTER", 17.5, "And in January?"),
    (
        "turn",
        "NOOR HADDAD",
        19.0,
        "In January it says nothing, and I open the window. 142 "
        "trials, and the one I kept was made in the quiet.",
    ),
    (
        "turn",
        "MATHILDE KERGUELEN",
        31.0,
        "I was sent all of them. I still have trial 88; I wear it to meetings about money.",
    ),
]
