"""The French documents."""

Parts = list[tuple]

RELAIS: Parts = [
    ("h", 1, "Le Relais, un sac de facteur"),
    (
        "p",
        "Pendant l’été 1925, Baptiste Sérance suit à pied la tournée des facteurs de l’Ardèche. Il "
        "note la courbe des sacoches, la place de la main, l’usure du rabat. L’année suivante, la "
        "maison présente le Relais : une seule peau, deux coutures, un fermoir.[^1]",
    ),
    ("h", 2, "Le cuir"),
    (
        "p",
        "Le cuir *Tamaris* est tanné quarante jours dans l’écorce de chêne et de tamaris. Il n’est "
        "ni verni ni pigmenté ; il fonce à la lumière, se polit au frottement et garde la trace de "
        "la première pluie. « Un Relais neuf n’est pas encore fini », disait Baptiste.",
    ),
    ("h", 2, "Le fermoir"),
    (
        "p",
        "Le premier fermoir fut coulé par le serrurier Aimé Vernet, en laiton d’Ardèche. Il n’a "
        "pas changé : deux pièces, un ressort, et ce bruit que les clientes reconnaissent dans un "
        "vestiaire. Le laiton n’est pas laqué. Il brunit.",
    ),
    (
        "table",
        [
            ["Modèle", "Dimensions", "Contenance", "Prix"],
            ["Relais 24", "24 x 18 x 9 cm", "3 litres", "2 150 €"],
            ["Relais 30", "30 x 23 x 11 cm", "6 litres", "2 450 €"],
            ["Relais 38", "38 x 28 x 14 cm", "12 litres", "2 900 €"],
        ],
    ),
    ("h", 2, "L’entretien"),
    ("li", "un chiffon sec, une fois par semaine ;"),
    ("li", "la crème Tamaris, deux fois par an ;"),
    ("li", "jamais de radiateur : une goutte de pluie se tamponne, elle ne se frotte pas."),
    (
        "p",
        "Les tranches se refont à l’atelier de Millau, à partir de 90 €, en six semaines. La "
        "plaque de laiton porte trois initiales, gravées en dix jours.",
    ),
    ("note", 1, "La fiche de 1926 conserve le croquis d’origine, au crayon gras, daté de Privas."),
]

ARCHIVE: Parts = [
    ("h", 1, "Règlement de la salle de lecture"),
    (
        "p",
        "La salle de lecture de l’archive est ouverte sur rendez-vous, du mardi au jeudi. Elle "
        "reçoit quatre lecteurs à la fois. L’archive, fondée en 1961 par Hélène Sérance et "
        "cataloguée en 2003, conserve 4 118 dessins, 38 planches et 611 livres d’échantillons.",
    ),
    ("h", 2, "Avant la visite"),
    ("ol", 1, "Écrire à l’archiviste, en indiquant l’objet de la recherche."),
    ("ol", 2, "Attendre la liste des cotes disponibles ; le délai est de dix jours."),
    ("ol", 3, "Confirmer la date par retour de courrier."),
    ("h", 2, "Pendant la visite"),
    (
        "p",
        "On travaille au crayon. Les livres d’échantillons se posent sur un lutrin et ne se "
        "photographient qu’avec l’accord de l’archiviste. Les mains sont nues et lavées : le gant "
        "de coton accroche la soie.",
    ),
    ("h", 3, "Les planches gravées"),
    (
        "p",
        "Elles se regardent debout, à la lumière du nord. Leur bois est sec depuis l’incendie du "
        "11 mars 1911 ; on ne les déplace qu’à deux, et jamais par temps de pluie.",
    ),
    ("h", 3, "Les dessins sous embargo"),
    (
        "p",
        "Un dessin dont la collection n’est pas parue n’est pas communiqué. La date de levée "
        "figure sur la chemise.",
    ),
    ("h", 2, "Reproduction"),
    (
        "table",
        [
            ["Usage", "Délai", "Tarif"],
            ["Recherche personnelle", "5 jours", "gratuit"],
            ["Enseignement", "10 jours", "gratuit"],
            ["Publication", "3 semaines", "40 € la vue"],
        ],
    ),
    ("p", "Inès Carvalho, archiviste, répond à toute lettre."),
]

PARFUM: Parts = [
    ("h", 1, "Pluie sur la Saône"),
    (
        "p",
        "Noor Haddad travaille au Clos Jaubert depuis 2011. En 2018, elle compose une eau autour "
        "d’une odeur que tout Lyonnais connaît et que personne ne nomme : celle du quai, juste "
        "après l’averse, quand la pierre rend la chaleur.",
    ),
    ("h", 2, "La composition"),
    (
        "p",
        "La tête est un accord de feuille de figuier et d’ozone ; le cœur, de l’iris de Toscane ; "
        "le fond, une mousse d’arbre et un cuir très léger, celui des bateaux de pêche. Rien "
        "n’est sucré. « Si l’on pense à un dessert, j’ai manqué mon affaire », dit-elle.",
    ),
    ("h", 2, "Les gestes"),
    (
        "p",
        "Elle sent le matin, debout, fenêtre fermée. Chaque essai repose onze jours. De cent "
        "quarante-deux essais, trois ont été gardés, dont un qui ne fut jamais vendu parce qu’il "
        "rappelait trop exactement la cave de sa grand-mère, à Tripoli.",
    ),
    ("h", 2, "Formats"),
    (
        "table",
        [
            ["Eau", "50 ml", "100 ml"],
            ["Eau de Sérance, 1921", "115 €", "165 €"],
            ["Encre & Safran, 2013", "130 €", "185 €"],
            ["Pluie sur la Saône, 2018", "130 €", "185 €"],
            ["Jardin de nuit, 2021", "150 €", "210 €"],
        ],
    ),
    (
        "p",
        "Les flacons se remplissent à la fontaine, à partir de 72 €. On les garde à l’abri de la "
        "lumière, au-dessous de vingt-cinq degrés.",
    ),
]

VITRINE: Parts = [
    ("h", 1, "Première Neige, automne-hiver 2025"),
    ("p", "*Dossier de presse. Reproduction libre à partir du 1er octobre 2025.*"),
    ("h", 2, "L’idée"),
    (
        "p",
        "Mathilde Kerguelen a regardé la cour de l’atelier le matin du 9 janvier 2024 : quatre "
        "centimètres de neige, et les empreintes du gardien. La collection tient dans ce silence. "
        "Du blanc cassé, du gris de plume, une ligne de safran.",
    ),
    ("h", 2, "Les pièces"),
    ("li", "Châle Première Neige 140, soie et cachemire, 950 €"),
    ("li", "Gants Première Neige, peau lainée, 420 €"),
    ("li", "Plaid Première Neige, 1 150 €"),
    ("fig", "Le châle, photographié dans la cour de la montée des Fileuses."),
    ("h", 2, "Les mains"),
    (
        "p",
        "Le roulotté d’un châle demande une heure et dix minutes ; celui d’un carré, quarante-cinq "
        "minutes. À Millau, Étienne Roux a recoupé six fois le pouce du gant avant d’en être "
        "content.",
    ),
    ("p", "Contact : service de presse, 14, montée des Fileuses, Lyon."),
]

ENTRETIEN: Parts = [
    ("turn", "Inès Carvalho", 1.0, "Vous étiez là le jour où l’on a retrouvé la Gamme de 1953 ?"),
    (
        "turn",
        "Odile Ferrand",
        6.4,
        "J’étais là, oui. Elle était derrière l’armoire des soufres. Abadie l’avait "
        "cachée, je crois, pour qu’on cesse de la copier.",
    ),
    ("turn", "Inès Carvalho", 18.0, "Et vous l’avez suivie ?"),
    (
        "turn",
        "Odile Ferrand",
        20.5,
        "Deux ans. Ensuite j’ai compris qu’il s’était trompé sur le vert 9, et qu’il le "
        "savait. C’est la meilleure leçon qu’il m’ait donnée.",
    ),
    ("turn", "Yuki Tanabe", 36.0, "Le vert 9, c’est celui qui vire ?"),
    (
        "turn",
        "Odile Ferrand",
        39.8,
        "Celui qui vire. À la lumière du magasin il est bleu ; à la fenêtre, il est juste.",
    ),
]
