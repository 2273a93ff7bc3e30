"""Texts of which it is known which are copies: the same every time for one seed.

Writings of a house in five languages, some of them with one legal notice at their end; copies of
them as archives hold them; the same facts in another language; and product texts and care cards
that differ in nothing but a number, a colour, a size or a name.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


def words(listed: str) -> list[str]:
    return listed.split()


NAMES = words(
    "Ottoline Beatrice Ludovica Severin Anselm Hortense Marguerite Tancredi Cosima Aurelio"
)
FAMILIES = words("Vane Delorme Albrecht Castellani Roche Lindqvist Moretti Sauvage Brandt Fontaine")
PLACES = words("Genoa Lyon Basel Kyoto Trieste Bruges Porto Vienna Como Antwerp Nantes Zurich")
PIECES = words("Heron Ibis Solstice Orangerie Meridian Palio Nocturne Lagoon Sirocco Belvedere")
COLOURS = words("black ivory navy saffron celadon burgundy camel mulberry ochre teal")
STUFFS = words("silk cashmere calfskin linen wool velvet suede cotton")
CATALOGUE = frozenset(word.lower() for word in (*PIECES, *COLOURS, *STUFFS))

# Of each language: the syllables of its invented words, its small words, and what parts words.
LANGUAGES = {
    "en": (
        "ba ber cla dra fen gild har in kel lan mor nor ock pen quil ran stow ther un vale wick",
        "the of and a to in was it for with that his her from by on as at had were not which",
        " ",
    ),
    "fr": (
        "bel cha dou é fon gre hau jou lai mon nou our pré que rai seu tié vel ver oir ette an",
        "le la les de des du un une et est dans que qui pour par sur avec au ce elle ne pas",
        " ",
    ),
    "it": (
        "ba chio da fe gio la me no po ri sa te vo zza gli cu ne ra sti tto lu pe",
        "il la di che e un una per con del della nel sono non si lo gli come più da i a",
        " ",
    ),
    "de": (
        "ber dach ein feld ge hand kel leib mut neu rau schaft stein tag um ver wald zeit ung er",
        "der die das und ist von mit dem ein eine nicht auf für im zu den des sich war als auch",
        " ",
    ),
    "ja": (
        "春 夏 秋 冬 山 川 花 鳥 風 月 雪 雨 森 石 橋 道 町 家 門 庭 窓 灯 音 声 色 香 味 形 影 夢",
        "は が を に の と で も から まで へ や には では この その ある いた した である",
        "",
    ),
}
SPOKEN = ("en", "en", "en", "fr", "it", "de", "ja")
ENOUGH = 1500  # invented words a language has
NOTICES = (
    "All rights are reserved by the house, which has its seat in Geneva and its archive in Lyon.\n"
    "No part of this paper may be given to others without the written leave of the house.",
    "This text is for those who work in the boutiques and is not to be shown to the press.",
    "The pictures belong to the photographers named beside them or to their heirs.",
)
ADDED = (
    "It was read aloud in the workshop that evening.",
    "So at least the oldest of them remembered it.",
    "The paper itself has yellowed at its edges since then.",
)
CARDS = (
    "{piece} scarf in {colour} {stuff}. Hand rolled edges and a drawing that runs over all of its"
    " {size} centimetres. Made in our own workshop by three people. Price {price} euros."
    " Delivered in a box with a ribbon, with a card for whoever it is meant for.",
    "The {piece} bag keeps its shape for years. The body is cut from one piece of {colour} {stuff},"
    " the lining is sewn in by hand. It is {size} cm wide and costs {price} euros in the boutique."
    " The clasp closes with two fingers and opens with one.",
    "Care of the {piece} in {stuff}. Wash it by hand at {degrees} degrees with a mild soap, and do"
    " not wring it. Dry the {colour} cloth flat in the shade. Iron it from the wrong side while it"
    " is damp, and leave it to rest for {size} minutes before it is folded.",
    "Le foulard {piece} en {stuff}, couleur {colour}, mesure {size} centimètres. Les bords sont"
    " roulottés à la main dans notre atelier. Son prix est de {price} euros en boutique. Il est"
    " livré dans une boîte, avec un ruban et une carte pour la personne à qui il est destiné.",
)
CONFUSED = ("rn m", "e c", "l i", "i l", "h b", "u n", "n u", "cl d", "t f", "a o", "m rn", "s 5")


@dataclass(frozen=True, slots=True)
class Made:
    text: str
    original: int  # what it is a copy of, its own number otherwise
    kind: str


def made(count: int, seed: int = 7) -> list[Made]:
    """`count` texts and a few more: of ten, about five writings, three copies and two cards."""
    draw = random.Random(seed)
    found: list[Made] = []
    while len(found) < count:
        if draw.random() < 0.05:
            found += family(draw, len(found), draw.randint(4, 12))
            continue
        number, language = len(found), draw.choice(SPOKEN)
        facts = draw.random()
        text = writing(random.Random(facts), language, draw.randint(3, 7))
        if draw.random() < 0.3:
            text += "\n\n" + draw.choice(NOTICES)
        found.append(Made(text, number, "writing"))
        if draw.random() < 0.05:
            other = draw.choice([each for each in LANGUAGES if each != language])
            told = writing(random.Random(facts), other, draw.randint(3, 7))
            found.append(Made(told, len(found), "translation"))
        if draw.random() < 0.4:
            kind = draw.choice(list(WAYS))
            found.append(Made(WAYS[kind](draw, text), number, kind))
    return found


def writing(draw: random.Random, language: str, paragraphs: int) -> str:
    *_, between = LANGUAGES[language]
    return "\n\n".join(
        between.join(sentence(draw, language) for _ in range(draw.randint(2, 4)))
        for _ in range(paragraphs)
    )


@cache
def invented(language: str) -> list[str]:
    """Words of a language that nobody speaks, the same every time."""
    draw, syllables = random.Random(language), LANGUAGES[language][0].split()
    return ["".join(draw.choices(syllables, k=draw.randint(2, 3))) for _ in range(ENOUGH)]


def sentence(draw: random.Random, language: str) -> str:
    """Small words and invented ones; here and there a year, a person, a place."""
    small, between = LANGUAGES[language][1].split(), LANGUAGES[language][2]
    words = []
    for _ in range(draw.randint(6, 16)):
        # Of the words of a language few are common and most are rare.
        words.append(draw.choice(small))
        words.append(invented(language)[int(ENOUGH * draw.random() ** 2)])
    if draw.random() < 0.4:
        words.insert(draw.randrange(2, len(words)), str(draw.randint(1830, 2020)))
    if draw.random() < 0.4 and between:
        named = f"{draw.choice(NAMES)} {draw.choice(FAMILIES)}"
        words.insert(draw.randrange(2, len(words)), named)
    if draw.random() < 0.3 and between:
        words.insert(draw.randrange(2, len(words)), draw.choice(PLACES))
    said = between.join(words)
    return said[0].upper() + said[1:] + ("." if between else "。")


def retyped(draw: random.Random, text: str) -> str:
    """With other spaces, quotes and dashes."""
    text = text.replace("’", "'").replace(", ", " ,  ").replace("\n\n", "\n")
    return text.upper() if draw.random() < 0.3 else text


def edited(draw: random.Random, text: str) -> str:
    """A few small words put otherwise or left out, and a sentence added."""
    parts = text.split(" ")
    for _ in range(max(len(parts) // 20, 1)):
        place = draw.randrange(len(parts))
        word = parts[place]
        if word.islower() and word.isalpha() and word not in CATALOGUE:
            parts[place] = draw.choice(("quite", "indeed", "again", "truly", ""))
    paragraphs = " ".join(filter(None, parts)).split("\n\n")
    paragraphs.insert(draw.randrange(len(paragraphs) + 1), draw.choice(ADDED))
    return "\n\n".join(paragraphs)


def recognised(draw: random.Random, text: str) -> str:
    """As a machine reads a faint page: a letter in fifty wrong, some gone; figures are right."""
    letters = list(text)
    for place, letter in enumerate(letters):
        if not letter.isalpha() or draw.random() > 0.02:
            continue
        options = [to for each in CONFUSED for was, to in [each.split()] if was == letter]
        letters[place] = draw.choice(options) if options else draw.choice((letter, ""))
    return "".join(letters)


def reordered(draw: random.Random, text: str) -> str:
    paragraphs = text.split("\n\n")
    draw.shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def excerpt(draw: random.Random, text: str) -> str:
    """Half of it, or a good quarter, from wherever."""
    length = int(len(text) * draw.uniform(0.3, 0.65))
    start = draw.randrange(len(text) - length)
    return text[start : start + length]


def framed(draw: random.Random, text: str) -> str:
    """With a head and a foot of where it was printed."""
    year, page = draw.randint(1990, 2020), draw.randint(2, 300)
    foot = draw.choice(ADDED)
    return f"From the house letter of {year}, page {page}\n\n{text}\n\n{foot}"


WAYS = {
    "exact": lambda draw, text: text,
    "retyped": retyped,
    "edited": edited,
    "recognised": recognised,
    "reordered": reordered,
    "excerpt": excerpt,
    "framed": framed,
}  # fmt: skip


def family(draw: random.Random, start: int, size: int) -> Iterator[Made]:
    """Cards from one form; each differs from another in one thing or two."""
    form, slots = draw.choice(CARDS), {
        "piece": draw.choice(PIECES), "colour": draw.choice(COLOURS), "stuff": draw.choice(STUFFS),
        "size": draw.randint(20, 140), "price": draw.randint(200, 4000),
        "degrees": draw.choice((20, 30, 40)),
    }  # fmt: skip
    options = {
        "piece": PIECES, "colour": COLOURS, "stuff": STUFFS, "size": range(20, 140),
        "price": range(200, 4000),
    }  # fmt: skip
    seen = set()
    while len(seen) < size:
        changed = slots | {
            name: draw.choice(options[name])
            for name in draw.sample(list(options), draw.randint(1, 2))
        }
        text = form.format(**changed)
        if text not in seen:
            seen.add(text)
            yield Made(text, start + len(seen) - 1, "card")
