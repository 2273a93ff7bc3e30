"""Whether a sentence states anything: a heading, a number or a question answers nobody."""

import re

from concierge.answering.folding import folded

FEW = 6  # words up to which a sentence must show its verb, or that it is no question
WORD = re.compile(r"[^\W\d_]+")
QUESTION = re.compile(r"\?[\"'”’)\]»\s]*$")
FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f]")  # a letter of no Latin script: not to be judged
# What a question begins with; "When it rains, ..." has a comma and is none.
ASKING = re.compile(
    r"\W*(?:who|whom|whose|what|which|why|how|where|when|qui|que|quoi|quel\w*|pourquoi|comment|où"
    r"|quand|chi|che|quale|quali|perch[eé]|come|dove|quando|wer|wen|wem|wessen|was|welche\w*|warum"
    r"|wie|wo|wann)\b[^,]*$",
    re.IGNORECASE,
)
_VERBS = {
    "en": "is are was were be been am has have had do does did can could will would may might must "
    "shall should took take takes made make makes cost gave give gives came come comes went goes "
    "go drew drawn wove woven cut cuts sewn sew sews held hold holds kept keep keeps began begin "
    "begins left lost bought sold built wrote written told said says found saw seen shown ran "
    "became grew knew known met paid read sent set stood taught wore worn put led don isn wasn",
    "fr": "est sont a ont fut furent sera seront soit peut peuvent doit doivent fait font va vont "
    "vient viennent prend prennent met mettent tient tiennent coûte vaut dit disent vit naît "
    "naquit mourut ouvre offre coud tisse reste porte garde donne date ai avez avons suis sommes "
    "êtes fit dut vint",
    "it": "è sono era erano fu furono ha hanno sarà può possono deve devono fa fanno va vanno "
    "viene vengono costa vale dice nasce nacque morì fece venne tiene resta porta data ho abbiamo",
    "de": "ist sind war waren wird werden wurde wurden hat haben hatte kann können muss müssen "
    "soll darf mag macht machen kostet kommt kam steht stand liegt lag gibt gab geht ging nahm "
    "nimmt schuf entwarf zeichnete schrieb starb bleibt blieb",
}
VERBS = {code: frozenset(map(folded, words.split())) for code, words in _VERBS.items()}
# Endings of other verbs: a word that only looks like one lets a fragment pass, and does no more.
ENDING = {
    "en": re.compile(r"\w{2,}(?:ed|[^siu]s)$"),
    "fr": re.compile(r"\w{2,}(?:é|ée|és|ées|ait|aient|èrent|ent|it|ut|[^aeiou]a)$"),
    "it": re.compile(r"\w{2,}(?:ò|ì|at[oaie]|ut[oaie]|it[oaie]|ava|evano|avano|eva|iva|ano|ono)$"),
    "de": re.compile(r"\w{2,}(?:t|te|ten|en)$"),
}


def states(text: str, language: str) -> bool:
    """Whether `text`, a sentence in `language` without its markers, is more than a fragment.

    No grammar is read: of the few words of a short one, one must look like a verb.
    """
    words = WORD.findall(text)
    if not words or QUESTION.search(text):
        return False
    if len(words) > FEW or FOREIGN.search(text):
        return True
    if ASKING.match(text):
        return False
    ending = ENDING.get(language, ENDING["en"])
    known = VERBS.get(language, VERBS["en"])
    return any(folded(word) in known or ending.match(word) for word in map(str.lower, words))
