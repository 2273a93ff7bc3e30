"""The lexemes of texts, spelled as the index of passages spells them."""

from collections.abc import Sequence

from django.db import connection

STEMMED = ("en", "fr", "it", "de", "es")  # as in the SQL function archive_lexemes
LEXEMES = """
    SELECT tsvector_to_array(archive_lexemes(given.language, '', given.words))
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given (language, words, place)
    ORDER BY place
"""


def stems(texts: Sequence[tuple[str, str]]) -> list[frozenset[str]]:
    """The lexemes of each `(language, text)`, in order; stop words have none."""
    if not texts:
        return []
    once = dict.fromkeys(texts)  # passages of one document often have one title
    languages, words = zip(*once, strict=True)
    clean = [word.replace("\0", " ") for word in words]
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [list(languages), clean])
        found = [frozenset(lexemes) for (lexemes,) in cursor.fetchall()]
    lexemes_of = dict(zip(once, found, strict=True))
    return [lexemes_of[text] for text in texts]


def spelling(language: str) -> str:
    """The code under which words of `language` are spelled; empty for those left as they are."""
    code = language[:2]
    return code if code in STEMMED else ""
