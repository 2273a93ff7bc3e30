"""How the console says the rules of a voice."""

RULES = {
    "verbatim": "A sentence that is always said is missing",
    "language": "In another language than it was asked in",
    "forbidden": "A word that is never said",
    "address": "The wrong form of address",
    "first_name": "A first name",
    "too_long": "Too long",
    "exclamation": "An exclamation mark",
    "emoji": "An emoji",
    "superlative": "A superlative that no source has",
    "lexicon": "A word for which the house has another",
    "heading": "A heading",
}
LANGUAGES = {
    "en": "English",
    "fr": "French",
    "it": "Italian",
    "de": "German",
    "es": "Spanish",
    "ja": "Japanese",
}


def rule(name: str) -> str:
    return RULES.get(name, name)


def language(code: str) -> str:
    return LANGUAGES.get(code, code)
