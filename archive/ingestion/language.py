"""Which language a text is in, by its most common small words, and by its script."""

import re
from collections import Counter

SAMPLE = 20_000  # characters
FEWEST = 3  # small words of a language, below which nothing is said

WORDS = {
    "en": "the of and to that was is it for with his her they have this from are not which you",
    "fr": "le les des du une est dans que qui pour pas sur au aux avec sont cette il elle nous et",
    "it": "il gli di che della nel una per con sono del non più alla dei delle questo anche e lo",
    "de": "der die und das ist den von mit dem ein eine nicht sich auf für auch werden im zu sie",
    "es": "el los las que una por con para del se es su como más pero fue ha sus este y",
}
# Further ones for a passage, which has few words: they tell more, and are met more seldom.
MORE = {
    "en": "a an in at by as on or be been were has had but its their our we he she who what when"
    " where will would can could may should must if so than then them there these those into"
    " over under about after before between through only no all one two any some more most"
    " other such never always every until since without",
    "fr": "la de et un en ne se ce ces cet son sa leur leurs nos notre vous votre ils elles on y a"
    " ont était être avoir fait par plus moins mais ou où donc car si comme sans sous entre"
    " vers chez très bien tout tous toute toutes même aussi encore jamais chaque lorsque après"
    " avant depuis quand d' l' n' s' c' j' m' qu été avait fut",
    "it": "la i un uno da in su al allo alle ai dal dalla dai nei nelle negli sul sulla sui col tra"
    " fra si ci vi ne se ma o ed come quando dove chi cui così anche ancora mai ogni tutto"
    " tutti tutta suo sua suoi sue loro nostro nostra era erano essere stato stata fu ha hanno"
    " abbiamo molto poco prima dopo senza sotto sopra d' l' c' s' m' dell nell all sull questa"
    " questi queste quella quello perché",
    "de": "in des den dem an am aus bei bis durch gegen ohne um unter über vor nach seit zum zur"
    " vom wie wir ihr er es ich man sein seine seiner ihre ihrer unser unsere war waren wird"
    " wurde wurden hat haben hatte kann soll muss aber oder wenn als dass weil noch schon nur"
    " sehr so alle jede jeder jedes kein keine einem einen einer eines dieser diese dieses ins"
    " beim immer nie mehr",
    "es": "la de en un a al o lo le les nos sin sobre entre hasta desde hacia cuando donde quien"
    " cual porque si sí no ni ya muy tan bien todo todos toda todas cada otro otra este esta"
    " estos estas ese esa eso aquel aquella era eran ser sido está están fueron hay había han"
    " tiene tienen nuestro nuestra vuestra siempre nunca después antes también mismo misma y e"
    " u",
}
LANGUAGES: dict[str, list[str]] = {}
WEIGHTS: dict[str, dict[str, float]] = {}  # of a word, for each language that has it
for name, listed in WORDS.items():
    for word in listed.split():
        LANGUAGES.setdefault(word, []).append(name)
    for word in {*listed.split(), *MORE[name].split()}:
        WEIGHTS.setdefault(word, {})[name] = 1.0
for votes in WEIGHTS.values():
    for name in votes:
        votes[name] = 1 / len(votes) ** 2  # what many share tells little
# Letters and endings that the others of these languages hardly ever have.
LETTERS = {"de": "ßäöü", "es": "ñ¿¡áíó", "fr": "œêçûîë", "it": "ìò"}
ENDINGS = {
    "en": "ing ness ly ght ould ers ed",
    "fr": "eux eur eurs aux ées és aient ait ais ette oir ouse",
    "it": "zione zioni ità tto tti tta zza ggio glia glio ndo nno amo ete ate",
    "de": "ung ungen lich keit heit schaft isch igen chen tte ieren",
    "es": "ción ciones dad aron ieron ado ada ados adas ido idos uela mos illo illa",
}
ENDING = {end: name for name, listed in ENDINGS.items() for end in listed.split()}
LETTER, SHARE = 0.7, 0.35  # of a word
APART = re.compile(r"\b[^\W\d_]'(?=\w)|[^\W\d_]+")  # a letter with its apostrophe is a word
KANA = re.compile("[\u3041-\u30ff]")
JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff々]")
SCRIPT = 0.3  # share of the letters that are Japanese
SURE, SURER = 1.1, 2.0  # weight that a language needs, and times that of its document's


def language_of(text: str) -> str:
    """The ISO 639-1 code of `text`, "" when it cannot be told."""
    if is_japanese(text[:SAMPLE]):
        return "ja"
    votes: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", text[:SAMPLE].lower()):
        votes.update(LANGUAGES.get(word, ()))
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < FEWEST:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else ""


def passage_language(text: str, own: str) -> str:
    """The language of a passage of a document in `own`; that one, unless another is surer.

    A document in a language that is not known here keeps its passages, but for Japanese ones:
    much of Portuguese looks like Spanish to whoever knows no Portuguese.
    """
    if is_japanese(text):
        return "ja"
    if own and own[:2] not in {*WORDS, "ja"}:
        return own
    told = weighed(text)
    best = max(told, key=lambda name: told[name])
    if best == own[:2] or told[best] < SURE:
        return own
    return best if told[best] >= SURER * told.get(own[:2], 0.0) else own


def weighed(text: str) -> dict[str, float]:
    """What speaks for each language."""
    told = dict.fromkeys(WORDS, 0.0)
    folded = text[:SAMPLE].lower().replace("’", "'")
    for word in APART.findall(folded):
        for name, weight in WEIGHTS.get(word, {}).items():
            told[name] += weight
        if name := next((ENDING[word[-size:]] for size in (6, 5, 4, 3, 2) if fits(word, size)), ""):
            told[name] += SHARE
    for name, letters in LETTERS.items():
        told[name] += LETTER * sum(map(folded.count, letters))
    return told


def fits(word: str, size: int) -> bool:
    return len(word) > size + 1 and word[-size:] in ENDING


def is_japanese(text: str) -> bool:
    """Kana among letters of which many are Japanese; Chinese has none."""
    if not KANA.search(text):
        return False
    letters = sum(map(str.isalpha, text))
    return len(JAPANESE.findall(text)) >= SCRIPT * letters
