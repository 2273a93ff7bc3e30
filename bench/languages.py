"""How often a passage's language is told rightly, a sentence at a time.

    python -m bench.languages

Each sentence of `tests/archive/cleaning/tongues.py` by itself, in a document of its own language,
and in documents of the five others. Prints JSON: the share told rightly.
"""

import json
from collections import Counter

from archive.ingestion.language import language_of, passage_language
from tests.archive.cleaning.tongues import SENTENCES, sentences


def main() -> None:
    told: dict[str, Counter[str]] = {}
    wrong = []
    for name, text in sentences():
        row = told.setdefault(name, Counter())
        others = [each for each in SENTENCES if each != name]
        row["alone"] += passage_language(text, "") == name
        row["at_home"] += passage_language(text, name) == name
        row["abroad"] += sum(passage_language(text, each) == name for each in others) / len(others)
        row["as_a_document"] += language_of(text) == name
        wrong += [
            (each, text) for each in ("", name, *others) if passage_language(text, each) != name
        ]
    sizes = Counter(name for name, _ in sentences())
    report = {
        name: {way: round(count / sizes[name], 3) for way, count in row.items()}
        for name, row in told.items()
    }
    print(
        json.dumps(
            {"sentences": dict(sizes), "right": report, "wrong": wrong},
            indent=1,
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
