"""The Italian documents."""

Parts = list[tuple]

GUANTI: Parts = [
    ("h", 1, "I guanti Adèle: come si fanno"),
    (
        "p",
        "Il laboratorio di Millau, La Grange-aux-Gants, appartiene alla casa dal 1928. Ci lavorano "
        "undici persone; la più giovane ha ventidue anni, la più anziana ha cominciato prima che "
        "arrivasse la corrente nel cortile.",
    ),
    ("h", 2, "La pelle"),
    (
        "p",
        "Si usa soltanto agnello di razza Lacaune. La pelle viene inumidita, tirata sul bordo del "
        "tavolo e lasciata riposare una notte: solo allora si capisce da che parte vuole andare. "
        "Étienne Roux, tagliatore dal 1986, la guarda più a lungo di quanto la tagli.",
    ),
    ("h", 2, "Il taglio"),
    ("ol", 1, "Si sceglie la parte del dorso, mai quella del collo."),
    ("ol", 2, "Si misura in pollici francesi, con il metro di bosso."),
    ("ol", 3, "Si taglia il pollice a parte, e le forchette dalla stessa pelle."),
    ("h", 2, "La cucitura"),
    (
        "p",
        "Il punto è a mano, con filo di lino cerato: quattro punti al centimetro. La fodera di "
        "seta è cucita per ultima, al rovescio, e poi infilata con un bastone di faggio.",
    ),
    (
        "table",
        [
            ["Modello", "Fodera", "Prezzo"],
            ["Gants Adèle", "seta", "320 €"],
            ["Gants Étienne", "cashmere", "340 €"],
            ["Gants Navette", "senza", "260 €"],
            ["Gants du soir 1931", "seta", "540 €"],
        ],
    ),
    (
        "p",
        "I guanti della casa si ricuciono gratis, per sempre. Lo decise Baptiste nel 1929; Hélène, "
        "nel 1972, aggiunse: chiunque li porti.",
    ),
]

VENTI: Parts = [
    ("h", 1, "L’Atlante dei venti"),
    (
        "p",
        "Fra gennaio e maggio del 1949 Ottoline Vane disegnò una carta senza terre: soltanto i "
        "venti, trentadue, ciascuno con il suo nome scritto sul bordo. Uno è inventato. Si chiama "
        "la Benoîte, come la zia che prestò ad Adèle milleduecento franchi, e soffia da nord-est.",
    ),
    ("h", 2, "Sedici quadri"),
    (
        "p",
        "La prima tiratura chiese sedici quadri da stampa, uno per colore. Dal 2023 sono "
        "diciannove: i tre nuovi servono al mare, che nel 1949 era una tinta sola perché la guerra "
        "aveva lasciato pochi pigmenti.",
    ),
    ("h", 2, "Leggere il bordo"),
    (
        "p",
        "I nomi si leggono girando il carré fra le mani. Chi lo porta annodato ne mostra sempre "
        "tre o quattro, e c’è chi sceglie la piega secondo il vento del giorno.",
    ),
    ("fig", "Il bordo, con la Benoîte nell’angolo di nord-est."),
    ("h", 2, "Oggi"),
    (
        "table",
        [
            ["Pezzo", "Misura", "Prezzo"],
            ["Carré Atlas des vents", "90 x 90 cm", "390 €"],
            ["Cravate Atlas", "148 cm", "180 €"],
            ["Jeu de cartes Atlas", "54 carte", "65 €"],
        ],
    ),
    ("p", "Il cartone originale è esposto a Lione ogni anno, dal 2 al 9 maggio."),
]

LETTERA: Parts = [
    ("h", 1, "Lettera dal laboratorio di Grasse"),
    ("p", "Grasse, 12 giugno 1921"),
    ("p", "Gentile signora Sérance,"),
    (
        "p",
        "le mando con questa lettera tre prove dell’acqua che mi ha chiesto. La prima è come la "
        "desiderava: fiori d’arancio, lino bagnato, iris. La seconda ha più muschio di quercia, e "
        "dura fino a sera. La terza è un mio errore; la tenga lo stesso, perché migliora.",
    ),
    (
        "p",
        "Il neroli di quest’anno è poco: novecento grammi dalla terrazza, il resto l’ho fatto "
        "venire da Tunisi. Il lino bagnato è stato il più difficile. Ho messo a macerare la stoppa "
        "che lei mi ha spedito, e per otto giorni tutta la casa ha avuto l’odore di un canale.",
    ),
    (
        "p",
        "Se sceglie la prima, la prego di non venderla prima di settembre. Un’acqua nuova è come "
        "un vino: a giugno dice quello che sa, a settembre quello che pensa.",
    ),
    ("p", "Con rispetto,"),
    ("p", "Maximin Jaubert"),
]

VISITA: Parts = [
    (
        "turn",
        "Guida",
        3.0,
        "Benvenuti al Clos Jaubert. Qui dal 1920 si compongono le acque della casa.",
    ),
    ("turn", "Visitatrice", 12.0, "È vero che la formula del 1921 è cambiata?"),
    (
        "turn",
        "Guida",
        15.5,
        "È vero. Nel 2009 l’assoluta di muschio di quercia è stata sostituita con il "
        "muschio d’albero. Chi l’ha portata per quarant’anni dice di sentirlo; chi la "
        "scopre oggi, no.",
    ),
    ("turn", "Visitatrice", 31.0, "E Lei lo sente?"),
    ("turn", "Guida", 33.2, "Solo quando piove."),
]
