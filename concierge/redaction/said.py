"""Names and addresses that somebody tells of themselves: English, French, Italian, German."""

import re
from collections.abc import Iterator

from concierge.redaction.folded import fold
from concierge.redaction.found import Found

LETTERS = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
CAPITAL = rf"(?=[A-ZÀ-ÖØ-ÞŠŽČŁŚŐ]){LETTERS}"
SMALL = r"(?:de|du|des|d['’]|da|di|del|della|dei|von|van|der|den|zu|la|le|el|y|al|bin|ten|ter)"
PROPER = rf"(?:{CAPITAL}|[A-Z]\.)(?: (?:{SMALL} ?){{0,2}}(?:{CAPITAL}|[A-Z]\.)){{0,3}}"
ANYHOW = rf"{LETTERS}(?: {LETTERS}){{0,3}}"
TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Sir|Lady|Mme|Mlle|Madame|Mademoiselle|Monsieur|MM?|Dr|Prof|Docteur|Maître"
    r"|Dott(?:\.ssa)?|Dottoressa|Dottor|Sig(?:\.ra|\.na|\.r)?|Signora|Signore?|Signorina|Avv|Ing|Herrn?"
    r"|Frau|Fräulein)\.?"
)

# After these, a name follows in whatever letters.
SURE = re.compile(
    r"\b(?:my (?:full |first |last |given |family )?(?:name(?:['’]?s\b| is|:| here is)|surname(?: is|:))"
    r"|(?:his|her|their) name is|(?:my|our) (?:wife|husband|son|daughter|mother|father|sister|brother"
    r"|partner|fianc[ée]e?|friend|boss|niece|nephew|aunt|uncle)(?: is called|['’]s name is|, called)"
    r"|the name is|i am called|call me|under the name(?: of)?|in the name of|signed|yours truly"
    r"|je m['’]appell?e|moi[, ]+c['’]est|mon (?:nom|prénom)(?: complet)? (?:est|:)|je me nomme|au nom de"
    r"|(?:elle|il) s['’]appelle|(?:ma|mon) (?:femme|mari|fils|fille|mère|père|sœur|frère|amie?)"
    r" s['’]appelle|mi chiamo|il mio nome (?:è|e['’])|il mio cognome è|a nome(?: di)?|si chiama"
    r"|mi chiami|ich hei(?:ß|ss)e|mein (?:voller |vor|nach)?name (?:ist|lautet)|auf den namen"
    r"|(?:sie|er|meine frau|mein mann|meine tochter|mein sohn) hei(?:ß|ss)t|nennen sie mich)"
    r"\s*:?\s+(?P<it>%s)" % ANYHOW,
    re.IGNORECASE,
)  # fmt: skip
# After these too, where it is written as a name is.
LIKELY = re.compile(
    r"\b(?:(?i:i am|i['’]m|im|this is|it['’]s|here is|speaking is|je suis|c['’]est|ici|sono|qui è|parla"
    r"|ich bin|hier ist|hier spricht|(?:my|our) (?:wife|husband|son|daughter|mother|father|sister"
    r"|brother|partner|fianc[ée]e?|friend|niece|nephew|aunt|uncle)|ma (?:femme|fille|mère|sœur"
    r"|compagne|fiancée|nièce|tante)|mon (?:mari|fils|père|frère|compagnon|ami|fiancé|oncle)"
    r"|mia (?:moglie|figlia|madre|sorella|zia|nipote|amica)|mio (?:marito|figlio|padre|fratello"
    r"|zio|nipote|amico)|meine (?:frau|tochter|mutter|schwester|freundin|tante|nichte)|mein(?:em)?"
    r" (?:mann|sohn|vater|bruder|freund|onkel|neffe)))"
    r",? (?P<it>%s)" % PROPER
)  # fmt: skip
CLOSING = re.compile(
    r"(?i:(?:best|kind|warm)?\s?(?:regards|wishes)|yours (?:sincerely|truly|faithfully)|sincerely"
    r"|cordialement|bien à vous|salutations(?: distinguées)?|cordiali saluti|distinti saluti"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen|liebe|viele|beste) gr(?:ü|ue)(?:ß|ss)en?"
    r"|best|thanks|thank you|merci|grazie|danke|ciao)\s?[,.!]?\s*\n+\s*(?P<it>%s)\s*(?:$|\n)" % PROPER
)  # fmt: skip
TITLED = re.compile(rf"\b{TITLE} (?P<it>{PROPER})")
FORM_LINE = re.compile(
    r"(?im)^\s*(?:(?:full |first |last |sur)?name|nom|prénom|nome|cognome|vorname|nachname)\s?:\s?"
    rf"(?P<it>{ANYHOW})"
)

# Where a name written in small letters ends, and what is none.
STOP = frozenset(
    """
    and i im from but or so my your the a an to for with in on at by is are was if please thanks
    thank what when where which who how can could would do does not here there just also calling
    looking interested writing sure afraid sorry happy glad living trying asking wondering hoping
    et je j mon ma de chez pour avec dans sur mais ou donc qui que quoi comment est suis ai merci
    habite voudrais cherche
    e ed io mio mia da per con ma o che chi come sono ho vorrei cerco abito grazie
    und ich mein meine aus von für fuer mit in auf aber oder wer wie was wo bin habe suche möchte
    moechte wohne danke bitte
    """.split()
)
# What follows "I am" with a capital, and is nobody.
NOBODY = frozenset(
    """
    english french italian german swiss british american spanish belgian austrian japanese chinese
    anglais française français italien italienne allemand allemande suisse belge italiano italiana
    tedesco tedesca francese inglese svizzero deutsche deutscher franzose italiener schweizer
    catholic muslim jewish christian london paris lyon milan rome berlin tokyo grasse millau
    the a an in it so very not new is no yes ok okay today tomorrow monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october
    november december christmas easter noël pâques natale ostern weihnachten for our my your her his
    interested looking what when how why there that this
    """.split()
)


def introduced(text: str) -> Iterator[Found]:
    """Names that somebody gives as a person's: where they stand."""
    for form in (SURE, FORM_LINE):
        for match in form.finditer(text):
            yield from cut(match, SMALL_ENDS)
    for form in (LIKELY, CLOSING):
        for match in form.finditer(text):
            yield from cut(match, NOBODY)


def titled(text: str) -> Iterator[Found]:
    """Names after "Mrs", "Monsieur" and the like, which may be somebody of the house's."""
    for match in TITLED.finditer(text):
        yield Found("NAME", *match.span("it"))


SMALL_ENDS = STOP | NOBODY


def cut(match: re.Match[str], ends: frozenset[str]) -> Iterator[Found]:
    """As far as the name goes; nothing where no name begins."""
    start, end = match.start("it"), match.start("it")
    for word in re.finditer(rf"{LETTERS}\.?", match["it"]):
        if fold(word[0].strip(".")) in FOLDED_ENDS[ends is SMALL_ENDS]:
            break
        if ends is SMALL_ENDS and word.start() and is_lower_after_name(match["it"], word):
            break
        end = start + word.end()
    if end > start:
        yield Found("NAME", start, end)


def is_lower_after_name(said: str, word: re.Match[str]) -> bool:
    """A small word after words with capitals is no more of the name, unless it joins its parts."""
    joins = re.fullmatch(SMALL, word[0], re.IGNORECASE)
    return word[0][0].islower() and said[0].isupper() and not joins


FOLDED_ENDS = {
    True: frozenset(fold(each) for each in SMALL_ENDS),
    False: frozenset(fold(each) for each in NOBODY),
}
