"""Where sentences begin and end, in the languages of the houses we know."""

import re
from collections.abc import Iterator

LONG = 60  # words: a sentence longer than this is parted at its semicolons
PART = 15  # words: the least such a part has

# A mark that may end a sentence, the quotes and brackets that close with it, and the gap after.
END = re.compile(
    r"(?<![.!?…‽])(?P<mark>[.!?…‽]++)"  # a row of dots is read once, not from each of its dots
    r"(?P<close>(?:[\"'”’)\]}›]|(?<=\S)[»«]|[ \u00a0\u202f]»(?=[\s.,;:)]|$))*)"
    r"(?P<gap>\s+)"
    r"(?=(?P<open>[\"'“‘„«»‹(\[¿¡—–]*[ \u00a0\u202f]?)(?P<next>\S+))"
    r"|(?P<wide>[。！？]+[」』）”]*)"
)
MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember"
)
# Chronicles run their entries together: "lent by the artist 12 January 20, 1939 Lecture series".
ENTRY = re.compile(
    rf"(?<=\d) +(?=(?:{MONTH}) \d{{1,2}}\b[^.;:()]{{0,30}}?\b\d{{4}}\b|\[(?:{MONTH}) \d{{4}}\])"
)
GOES_ON = tuple("とっ、をがにはのもで")  # what follows a Japanese quotation inside its sentence
SEMICOLON = re.compile(r";(?=\s)")
BULLET = re.compile(r"[ \t]*(?:[•▪◦‣●○■–*·-][ \t]+)?")
BEFORE = re.compile(r"[ \t•▪◦‣●–*·([“”\"«-]*")  # what may stand before a line's first word
LAST_WORD = re.compile(r"[^\s(\[“”\"«‘]+$")
MONTHS = frozenset(MONTH.split("|"))


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# These are always followed by what they belong to.
TITLES = listed(
    "mr mrs ms mx dr prof st ste mt ft messrs rev gen col capt cpt lt sgt sen rep gov hon pres "
    "mm mme mlle mgr sr sra sig sigg dott avv ing fr hr nr bl vs cf c ca circa e.g i.e z.b d.h "
    "u.a c.-à-d p.ex viz v"
)
# These belong to a number that follows, and end a sentence otherwise.
COUNTED = listed(
    "no nos nº n vol vols p pp fig figs art arts ch chap sec sect pl ill cat inv lot op bd s "
    "abb approx est fl b d r ed eds str tel ext"
)
# These end a sentence only when what follows is a word sentences like to begin with.
SHORTENED = listed(
    "inc ltd co corp llc plc bros jr etc al jan feb mar apr jun jul aug sep sept oct nov dec "
    "ave blvd rd dept univ assn mfg usw geb gegr ecc"
)
STARTERS = listed(
    "the a an this that these those he she it they we you i his her its their our my your there "
    "here in on at by for from with as when while after before during since although though if "
    "but and or so yet however today then now what who where why how which one some many most "
    "all both each no not le la les un une des il elle ils elles nous vous je on ce cette ces "
    "dans en pour par mais et lo gli una nel nella con per der die das ein eine er sie es wir "
    "im am mit und aber"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end), in order and without surrounding white space.

    A line end is always a bound; bullets and lines without a letter or digit are left out.
    """
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n\r\v\f\x85\u2028\u2029]+", text):
        start = line.start()
        for bound in [*bounds(line.group()), len(line.group())]:
            end = line.start() + bound
            spans.extend(trimmed(text, start, end))
            start = end
    return spans


def bounds(line: str) -> list[int]:
    """Offsets inside `line` at which one sentence has ended and the next not yet begun."""
    found = [at for match in END.finditer(line) if (at := ending(line, match))]
    found += [match.start() for match in ENTRY.finditer(line)]
    return with_semicolons(line, sorted(found))


def ending(line: str, match: re.Match[str]) -> int | None:
    """The offset after the mark and what closes with it, if a sentence ends there."""
    if match["wide"]:
        quoted = match["wide"][-1] in "」』）”"
        return None if quoted and line[match.end() : match.end() + 1] in GOES_ON else match.end()
    follower = match["next"]
    if follower[0].islower() or follower[0] in ",;:.!?…)»":
        return None
    if match["mark"] == "." and not match["close"] and shortens(line, match.start(), follower):
        return None
    return match.end("close")


def shortens(line: str, stop: int, follower: str) -> bool:
    """Whether the full stop at `stop` belongs to its word rather than to the sentence."""
    found = LAST_WORD.search(line, max(0, stop - 40), stop)
    if not found:
        return False
    word, begins = found.group(), bool(BEFORE.fullmatch(line, 0, found.start()))
    next_word = re.sub(r"\W+$", "", follower.strip("“‘\"'«(["))
    if word.isdigit():
        return (begins and len(word) < 4) or (len(word) < 3 and next_word in MONTHS)
    lower = word.lower()
    if lower in TITLES:
        return True
    if lower in COUNTED and not (len(word) == 1 and word.isupper()):
        return follower[0].isdigit() or bool(re.fullmatch(r"[IVXLC]+[.,;:)]*", follower))
    if lower in SHORTENED or re.fullmatch(r"(?:\w\.)+\w", word):
        return next_word.lower() not in STARTERS
    if len(word) == 1 and word.isalpha() and word.isupper():  # an initial: Agnes F. Northrop
        return begins or next_word.lower() not in STARTERS
    return False


def with_semicolons(line: str, found: list[int]) -> list[int]:
    """The bounds with those added that part a sentence too long to quote."""
    every: list[int] = []
    for start, end in zip([0, *found], [*found, len(line)], strict=True):
        if line.count(" ", start, end) > LONG:
            every.extend(semicolons(line, start, end))
        every.append(end)
    return every[:-1]


def semicolons(line: str, start: int, end: int) -> list[int]:
    """Bounds after semicolons of `line[start:end]`, at least PART words from one another."""
    found: list[int] = []
    words, left, read = 0, line.count(" ", start, end), start
    for match in SEMICOLON.finditer(line, start, end):
        piece = line.count(" ", read, match.end())
        words, left, read = words + piece, left - piece, match.end()
        if words >= PART and left >= PART:
            found.append(read)
            words = 0
    return found


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without the bullet before it and the space around it, if a word is left."""
    if bullet := BULLET.match(text, start, end):
        start = bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(character.isalnum() for character in text[start:end]):
        yield start, end
