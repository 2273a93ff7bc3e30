"""A text as it is compared: its words, without case, punctuation and the set of its spaces."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

# Words of an alphabet, numbers, signs that mean something; Katakana by the word, the other
# letters of a script without spaces one by one.
WORD = re.compile(
    r"\d+|[ァ-ヴー]+|[\u3040-\u30ff\u3400-\u9fff]|[€$£¥%°]"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+"
)
# A digit that a text recognition has put for a letter: "go1d", "1eather", "glas5".
LETTERLIKE = re.compile(
    r"(?<=[^\W\d_])[0158](?=[^\W\d_])|\b[0158](?=[^\W\d_]{3})|(?<=[^\W\d_]{4})[0158]\b"
)
LETTER = {"0": "o", "1": "l", "5": "s", "8": "b"}
SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
ENDS = frozenset('.!?…:。！？\n•|–—-“"«„(')  # after which any word has a capital letter
SIZE = re.compile(r"(?:X{0,3}[SL]|M)\Z")


EDGE = "\n"  # stands before the first and behind the last word
REACH = 3  # times, so that every word has as many on either side


# Words that tell one piece from another in any house, besides those of its own catalogue.
WORDS = """
black white red blue green navy grey gray brown beige ivory ecru cream pink purple violet yellow
orange gold silver bronze copper rose burgundy crimson turquoise teal khaki camel tan charcoal
silk wool cashmere cotton linen leather calfskin lambskin suede velvet satin denim nylon steel
titanium ceramic porcelain crystal platinum diamond pearl oak walnut brass
noir blanc rouge bleu vert marine gris brun ivoire crème mauve jaune dore doré argent bronze
cuivre bordeaux anthracite soie laine cachemire coton lin cuir veau agneau daim velours acier
titane céramique porcelaine cristal platine diamant perle chêne noyer laiton
nero bianco rosso blu verde grigio marrone avorio panna viola giallo arancione oro argento bronzo
rame seta lana cachemire cotone lino pelle vitello agnello velluto raso acciaio titanio ceramica
porcellana cristallo platino diamante perla quercia noce ottone
schwarz weiß weiss rot blau grün grau braun elfenbein creme lila gelb gold silber bronze kupfer
seide wolle kaschmir baumwolle leinen leder kalbsleder lammleder samt stahl titan keramik
porzellan kristall platin diamant perle eiche nussbaum messing
negro blanco rojo azul verde gris marrón marfil crema rosa morado amarillo naranja oro plata
bronce cobre seda lana cachemira algodón lino cuero terciopelo acero titanio cerámica porcelana
cristal platino diamante perla roble nogal latón
small medium large petit moyen grand piccolo medio grande klein mittel groß pequeño mediano
xs xl xxl xxxl s m l
黒 白 赤 青 緑 紺 灰 茶 金 銀 紫 黄 桃 絹 毛 綿 麻 革 大 中 小
"""
COMMON = frozenset(WORDS.split())

Words = Collection[str]  # folded


@dataclass(slots=True)
class Reading:
    """A text as two are compared word by word; places are of `words`."""

    words: list[str]  # in order, folded
    telling: list[int] = field(default_factory=list)  # places of what may tell two texts apart
    strict: set[str] = field(default_factory=set)  # numbers, and words known to tell pieces apart
    spots: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # places of word pairs
    counts: Counter[str] = field(default_factory=Counter)


def folded(text: str) -> str:
    """In composed characters of ordinary width; digits that stand for letters are letters."""
    text = unicodedata.normalize("NFKC", text)
    return LETTERLIKE.sub(lambda match: LETTER[match.group()], text)


def bare(text: str) -> str:
    """The words of a folded text between single spaces."""
    return " ".join(WORD.findall(text.casefold()))


def sentences(text: str) -> list[str]:
    """The sentences and lines of a folded text, each bare; none is empty."""
    return [words for part in SENTENCE.split(text) if (words := bare(part))]


def read(text: str, catalogue: Words = frozenset()) -> Reading:
    """The words of a folded text between two edges, and which of them may tell it from another."""
    found = Reading([EDGE] * REACH)
    for match in WORD.finditer(text):
        word = match.group().casefold()
        strict = is_strict(word, catalogue)
        if strict:
            found.strict.add(word)
        if strict or is_name(match.group(), text, match):
            found.telling.append(len(found.words))
        found.words.append(word)
    found.words += [EDGE] * REACH
    found.counts = Counter(found.words)
    for place, pair in enumerate(pairwise(found.words)):
        found.spots.setdefault(pair, []).append(place)
    return found


def is_strict(word: str, catalogue: Words) -> bool:
    """A number, or a word that is known to tell pieces apart."""
    if word[0].isdigit():
        return True
    return (len(word) > 1 or word > "\u3000") and (word in COMMON or word in catalogue)


def is_name(word: str, text: str, match: re.Match[str]) -> bool:
    """Written with a capital inside a sentence, as a size is, or in Katakana."""
    if not word[0].isupper():
        return "ァ" <= word[0] <= "ー"
    if SIZE.match(word):
        return text[match.end() : match.end() + 1] not in {"'", "’"}
    if len(word) < 3 or not word[1:].islower():
        return False
    before = text[max(match.start() - 3, 0) : match.start()].rstrip(" \u00a0")
    return bool(before) and before[-1] not in ENDS
