"""The words of order, number, stock and likeness: those of a language, not of a house.

In English, French, Italian and German. What is ranked, counted or alike is for the catalogue to
know.
"""

import re
from dataclasses import dataclass

from catalog.conditions.conditions import Likeness, Order

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "two deux due zwei",
            "three trois tre drei",
            "four quatre quattro vier",
            "five cinq cinque fünf",
            "six six sei sechs",
            "seven sept sette sieben",
            "eight huit otto acht",
            "nine neuf nove neun",
            "ten dix dieci zehn",
        ),
        start=2,
    )
    for word in words.split()
}
MANY = "|".join(NUMBERS)
THE = (
    r"(?:le|la|les|il|lo|i|gli|vos|votre|vostr[oaie]|ton|tes|ses|mes|die|der|das|den|deine?|ihre?)"
)
# "Le moins cher" ranks, "moins cher" alone compares; English tells them apart by itself.
ORDERS: tuple[tuple[Order, re.Pattern[str]], ...] = tuple(
    (order, re.compile(pattern, re.IGNORECASE))
    for order, pattern in (
        (
            Order.DEAREST,
            r"\b(?:most (?:expensive|costly|precious|valuable)|dearest|priciest|costliest"
            r"|highest[- ]priced?|top[- ]price)\b"
            rf"|\b{THE} (?:[^\W\d]+ )*?plus (?:chers?|chères?|coûteu(?:x|ses?)|onéreu(?:x|ses?))"
            rf"|\b{THE} (?:[^\W\d]+ )*?più (?:car[oaie]|costos[oaie])\b"
            r"|\b(?:zweit|dritt)?teuerste[nrsm]?\b",
        ),
        (
            Order.CHEAPEST,
            r"\b(?:cheapest|least (?:expensive|costly)|lowest[- ]priced?|most affordable"
            r"|most accessible|smallest price)\b"
            rf"|\b{THE} (?:[^\W\d]+ )*?(?:moins (?:chers?|chères?|coûteu(?:x|ses?))"
            r"|plus (?:abordables?|accessibles?))"
            rf"|\b{THE} (?:[^\W\d]+ )*?(?:meno (?:car[oaie]|costos[oaie])|più economic[oaihe]+)\b"
            r"|\b(?:zweit|dritt)?(?:günstigste|billigste|preiswerteste)[nrsm]?\b",
        ),
        (
            Order.NEWEST,
            r"\b(?:newest|latest|most recent)\b"
            rf"|\b{THE} (?:[^\W\d]+ )*?(?:plus récente?s?|plus nouve(?:au|lle)x?s?)"
            rf"|\b{THE} (?:[^\W\d]+ )*?più recent[ei]\b|\bneueste[nrsm]?\b",
        ),
    )
)
# The place in the order: "the second cheapest" is told by the first two, in order.
PLACES = {
    word: place
    for place, words in (
        (2, "second 2nd deuxième seconde 2e 2ème secondo seconda zweite zweiten zweiter zweites"),
        (3, "third 3rd troisième 3e 3ème terzo terza dritte dritten dritter drittes"),
        (4, "fourth 4th quatrième 4e quarto quarta vierte vierten vierter viertes"),
        (5, "fifth 5th cinquième 5e quinto quinta fünfte fünften fünfter fünftes"),
    )
    for word in words.split()
}
PLACE = re.compile(rf"\b(?P<n>{'|'.join(PLACES)})\b", re.IGNORECASE)
COMPOUND = {"zweit": 2, "dritt": 3}
HOW_MANY = re.compile(
    r"\bhow many\b(?=.*\b(?:do you|have you|are there|does the (?:house|maison)|you have"
    r"|you sell|you offer|(?:are )?available|in stock|in the catalogue)\b)"
    r"|\bcombien d['’e]\s?(?=.*\b(?:avez|proposez|vendez|offrez|y a|existe|catalogue|stock)\b)"
    r"|\bquant[ie]\b(?=.*\b(?:avete|ci sono|offrite|vendete|catalogo)\b)"
    r"|\bwie ?viele\b(?=.*\b(?:haben sie|gibt es|führen sie|verkaufen sie|katalog)\b)",
    re.IGNORECASE,
)
# Where the name of what is counted ends: "how many | red bags | do you have".
COUNTED = re.compile(
    r"\b(?:do|does|have|has|are|is|can|of|in|on|at|for|with|avez|proposez|vendez|offrez|y|existe|dans"
    r"|avete|ci|offrite|vendete|nel|nella|haben|gibt|führen|verkaufen|im|in)\b",
    re.IGNORECASE,
)
IN_STOCK = re.compile(
    r"\b(?:in[- ]stock|available (?:now|today|immediately|at once)|ready to (?:ship|buy)"
    r"|not sold out|en stock|disponibles? (?:de suite|immédiatement|maintenant|aujourd['’]hui)"
    r"|disponibil[ei] (?:subito|oggi|ora)|in magazzino|auf lager|vorrätig|sofort lieferbar"
    r"|sofort verfügbar|(?:that (?:are|is)|which (?:are|is)|currently) available)\b"
    r"|\bavailable(?=\W*$)|\bdisponibles?(?=\W*$)|\bverfügbar(?=\W*$)",
    re.IGNORECASE,
)
LIKENESS: tuple[tuple[Likeness, re.Pattern[str]], ...] = tuple(
    (likeness, re.compile(pattern, re.IGNORECASE))
    for likeness, pattern in (
        (
            Likeness.CHEAPER,
            r"\b(?:cheaper|less (?:expensive|costly)|more affordable|lower in price)\b(?! than)"
            r"|\bmoins (?:chers?|chères?|coûteu(?:x|ses?))\b|\bplus abordables?\b"
            r"|\b(?:meno car[oaie]|più economic[oaihe]+)\b|\b(?:günstiger|billiger|preiswerter)\w*",
        ),
        (
            Likeness.DEARER,
            r"\b(?:more (?:expensive|costly|precious)|dearer|pricier)\b(?! than)"
            r"|\bplus (?:chers?|chères?|précieu(?:x|ses?))\b|\bpiù car[oaie]\b|\bteurer\w*",
        ),
        (
            Likeness.SIMILAR,
            r"\b(?:something|anything|one|another|a piece|pieces|others?) (?:\w+ )?"
            r"(?:like|similar to|akin to|close to) (?:this|that|it|these|those|the first|them)"
            r"(?: ones?)?\b"
            r"|\b(?:similar|alike)\b(?: (?:ones?|pieces?|to (?:this|that|it)(?: one)?))?"
            r"|\blike (?:this|that|it)(?: one)?\b"
            r"|\b(?:quelque chose|une? autres?|un modèle|une pièce) (?:comme|dans le genre de|de"
            r" semblable à) (?:ça|cela|ceci|celui|celle)(?:[- ](?:ci|là))?"
            r"|\bcomme (?:celui|celle|ceux|celles|ça|cela)(?:[- ](?:ci|là))?"
            r"|\b(?:similaires?|semblables?)\b|\bqualcosa (?:come quest[oa]|di simile)"
            r"|\bsimil[ei]\b"
            r"|\b(?:so etwas|etwas) (?:wie (?:das|dies\w*)|ähnliches)|\bähnlich\w*",
        ),
    )
)
NOT = re.compile(
    r"\b(?:not|no|neither|nor|without|except|excluding|but not|other than|pas|sans|sauf|ni|non"
    r"|senza|tranne|né|nicht|kein\w*|ohne|außer|weder|noch)"
    r"(?: (?:in|en|de|du|a|an|the|any|le|la|les|di|un|une|too|trop))*$",
    re.IGNORECASE,
)
# What carries a negation on to the next word: "not in black or green".
AS_WELL = re.compile(
    r"\s*,?\s*(?:or|nor|and|ou|ni|et|o|né|e|oppure|oder|noch|und)?"
    r"(?: (?:in|en|a|an|the|le|la|les|di|un|une))*\s*",
    re.IGNORECASE,
)
EITHER = re.compile(r"\b(?:or|ou|o|oppure|oder)\b", re.IGNORECASE)
SIZED = re.compile(
    r"\b(?:(?:in )?(?:size|sized|taille|pointure|taglia|misura|größe|groesse)"
    r"|je (?:fais|chausse|porte|mets|prends) du|i (?:wear|take) an?|porto (?:il|la|una?)"
    r"|ich trage (?:eine)?)\s+"
    r"(?P<size>\d+(?:[.,]\d+)?(?:\s?(?:½|1/2|¼|¾))?|\d*½|x{0,3}[sml]\b|one[- ]size)",
    re.IGNORECASE,
)
# Whatever a house sells, unless it has such a name itself.
GENERIC = re.compile(
    r"\b(?:pieces?|things?|items?|products?|articles?|objects?|anything|something|whatever"
    r"|everything|presents?|gifts?|cadeaux?|regal[oi]|geschenke?|catalogue|catalog|collection|pièces?|choses?|produits?|objets?"
    r"|quelque chose|articoli|articolo|pezz[oi]|prodott[oi]|qualcosa|cos[ae]|stücke?|artikel"
    r"|produkte?|etwas)\b",
    re.IGNORECASE,
)
GIFT = re.compile(
    r"\b(?:presents? for|(?:an?|my|his|her|their|some|small|little|nice|birthday|christmas|wedding)"
    r" presents?(?! day| time)|gifts?|cadeaux?|(?:à|pour) offrir|regal[oi]|da regalare|geschenke?"
    r"|(?:zum )?verschenken)\b",
    re.IGNORECASE,
)
# What is done for a client and is no piece, as a house's own kind or category names it.
SERVICE = (
    r"(services?|repairs?|alterations?|réparations?|servizi?o?|riparazion[ei]|dienstleistung(en)?"
    r"|reparatur(en)?)"
)
SERVICES = re.compile(rf"\b{SERVICE}\b", re.IGNORECASE)
# What carries a question and says nothing of the piece, besides a language's stop words.
CARRIES = (
    "show find search look looking want would like love wish need give get buy purchase order"
    " offer sell sells please tell suggest recommend price priced prices cost costs worth"
    " currently today now possess stock available budget euro euros eur one ones kind kinds type"
    " types option options choice choices colour color colours colors size sizes see maybe perhaps"
    " loves likes adores enjoys aime adore ama adora liebt mag"
    " let know think good nice lovely beautiful hello hi dear much many come comes make makes"
    " made pair pairs paire paires paio paia paar house maison concierge boutique shop store"
    " cherche cherchons chercher voudrais voudrait veux aimerais montrez montre donnez avez"
    " proposez vendez coûte coute prix disponible disponibles bonjour merci faire auriez existe"
    " trouver acheter souhaite souhaiterais couleur couleurs taille tailles coloris combien quel"
    " quelle quels quelles est-ce svp plait plaît"
    " cerco vorrei avete mostrate mostratemi prezzo costa comprare colore taglia buongiorno quale"
    " quali vendete quanto quanti quante"
    " suche suchen möchte für haben zeigen preis kostet kaufen farbe größe bitte welche welcher"
    " welches gibt führen hallo"
)
CARRYING = frozenset(CARRIES.split())
# Whom and what a piece is for. Alone they are no colour, size or material: mother is not
# mother-of-pearl.
MEANT_FOR = (
    "mother mum mom father dad wife husband friend girlfriend boyfriend sister brother"
    " daughter son grandmother grandfather aunt uncle niece nephew colleague birthday wedding"
    " anniversary christmas graduation christening"
    " mère maman père papa femme mari épouse époux ami amie copine copain sœur soeur frère"
    " fille fils tante oncle nièce neveu collègue anniversaire mariage noël naissance baptême"
    " madre mamma papà moglie marito amico amica sorella fratello figlia figlio nonna nonno"
    " zia zio compleanno matrimonio nozze anniversario natale laurea battesimo"
    " mutter mama vater frau mann freundin freund ehefrau ehemann schwester bruder tochter"
    " sohn großmutter oma opa onkel geburtstag hochzeit jahrestag weihnachten taufe"
)
OCCASIONS = frozenset(MEANT_FOR.split())


# The eleven basic colour terms (Berlin and Kay, 1969) in four languages. Which of a house's values
# are green is learned from its catalogue; that "vert" is French for it is not the house's to say.
COLOURS = tuple(
    tuple(row.split())
    for row in (
        "black noir noire noirs noires nero nera neri nere schwarz schwarze schwarzer schwarzes",
        "white blanc blanche blancs blanches bianco bianca bianchi bianche weiß weiss weiße weißer",
        "red rouge rouges rosso rossa rossi rosse rot rote roter rotes",
        "green vert verte verts vertes verde verdi grün grüne grüner grünes",
        "yellow jaune jaunes giallo gialla gialli gialle gelb gelbe gelber gelbes",
        "blue bleu bleue bleus bleues blu blau blaue blauer blaues",
        "brown brun brune bruns brunes marron marrone marroni braun braune brauner braunes",
        "purple violet violette violets violettes viola lila violett violette violetter",
        "pink rose roses rosa",
        "orange arancione arancioni",
        "grey gray gris grise grises grigio grigia grigi grigie grau graue grauer graues",
    )
)


# What limits, ranks, compares or asks for stock, where a mistake would lose it.
DEMANDS = (
    "under below above between budget moins entre meno zwischen unter"
    " cheapest cheaper dearest priciest expensive affordable newest latest recent available similar"
    " cher chère chers chères coûteux coûteuse abordable abordables récent récente similaire"
    " costoso costosa economico economica recente simile teuerste günstigste billigste neueste"
    " verfügbar vorrätig ähnlich"
)
# Words that are no mistakes, whatever the house writes, and may be meant by one.
SPOKEN = CARRYING.union(OCCASIONS, DEMANDS.split(), *COLOURS)


def same_colour(word: str) -> tuple[str, ...]:
    """The words for the same basic colour; none for another word."""
    return next((row for row in COLOURS if word.lower() in row), ())


@dataclass(frozen=True, slots=True)
class Found:
    """What the wording says, and the question with those words blanked out."""

    order: Order | None
    how_many: bool
    most: int
    in_stock: bool
    likeness: Likeness | None
    generic: bool
    gift: bool
    left: str
    counted: tuple[int, int] | None = None  # where what is counted is named


def heard(question: str) -> Found:
    left = question
    order, place, left = ranked(left)
    how_many = HOW_MANY.search(left)
    counted = None
    if how_many:
        ended = COUNTED.search(left, how_many.end())
        counted = (how_many.end(), ended.start() if ended else len(left))
    left = blank(left, how_many)
    in_stock = IN_STOCK.search(left)
    left = blank(left, in_stock)
    likeness: Likeness | None = None
    for kind, pattern in () if order else LIKENESS:
        if match := pattern.search(left):
            likeness = likeness or kind
            left = blank(left, match)
    generic = GENERIC.search(left)
    most, left = wanted(left) if order else (0, left)
    most = max(most, place)
    return Found(
        order=order,
        how_many=bool(how_many),
        most=most,
        in_stock=bool(in_stock),
        likeness=likeness,
        generic=bool(generic),
        gift=bool(GIFT.search(question)),
        left=left,
        counted=counted,
    )


def ranked(text: str) -> tuple[Order | None, int, str]:
    """The superlative, with the least that must be shown to tell it: both ends are two pieces."""
    orders: list[Order] = []
    place = 0
    for order, pattern in ORDERS:
        if match := pattern.search(text):
            orders.append(order)
            said = match.group().lower()
            place = max(place, *(n for word, n in COMPOUND.items() if said.startswith(word)), 0)
            text = only_marks(text, match)
    if orders and (match := PLACE.search(text)):
        place, text = PLACES[match["n"].lower()], blank(text, match)
    if {Order.DEAREST, Order.CHEAPEST} <= set(orders):
        return Order.ENDS, 2, text
    return (orders[0] if orders else None), place, text


def wanted(text: str) -> tuple[int, str]:
    """How many pieces are asked for: "the three cheapest". 1 for a single one, 0 for untold."""
    match = re.search(
        rf"\b(?:top )?(?P<n>[2-9]|10|{MANY})\b(?! ?(?:ml|cl|g|kg|cm|mm|x)\b)", text, re.I
    )
    if not match:
        return 0, text
    said = match["n"].lower()
    return int(said) if said.isdigit() else NUMBERS[said], blank(text, match)


def only_marks(text: str, match: re.Match[str]) -> str:
    """Blank the marks of a superlative alone: "le foulard le plus cher" keeps its scarf."""
    kept = re.sub(
        rf"\b(?:{THE}|plus|moins|più|meno|chers?|chères?|coûteu(?:x|ses?)|onéreu(?:x|ses?)"
        r"|car[oaie]|costos[oaie]|economic[oaihe]+|abordables?|accessibles?|récente?s?|recent[ei]"
        r"|most|least|expensive|costly|precious|valuable|affordable|accessible|recent|\w+est"
        r"|highest[- ]priced?|lowest[- ]priced?|top[- ]price|\w+ste[nrsm]?)\b",
        lambda found: " " * len(found.group()),
        match.group(),
        flags=re.IGNORECASE,
    )
    return text[: match.start()] + kept + text[match.end() :]


def blank(text: str, match: re.Match[str] | None) -> str:
    if match is None:
        return text
    start, end = match.span()
    return text[:start] + " " * (end - start) + text[end:]
