"""Which rows are worth ranking by words where a query's words bring too many.

A row that is to be among the best of a long list holds most of what a query asks for, by rarity.
So the rows that hold nearly all of it are taken first, then those that hold less, until there are
enough. The rarest words alone lead to a row and the others are only looked up for the rows they
lead to, as in MaxScore (Turtle and Flood, 1995), which is what a GIN index does with a condition of
this form: words that could not satisfy it together are never walked through.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import exp

ASKED = 6  # words of the query, the rarest; the condition doubles with every further one
SHARES = (0.75, 0.5, 0.35, 0.2)  # of their rarity that a row must hold, in the order tried
LED = 30_000  # rows that the words which lead to rows may have together; the first may have more
CLOSE = 1e-6  # sums of the same rarities in another order differ by less

Rarity = Mapping[str, float]  # idf by lexeme, the rarest first
Spelled = Mapping[str, Rarity]  # by language of the rows
Weighed = Sequence[tuple[str, float]]  # lexemes and their rarity, the rarest first


def steps(wanted: Spelled, size: int) -> Iterator[dict[str, str]]:
    """Conditions by language as tsqueries' texts, from the strictest to the loosest.

    `size` is how many rows there are.
    """
    asked = {code: list(rarity.items())[:ASKED] for code, rarity in wanted.items() if rarity}
    before: dict[str, str] = {}
    for share in SHARES:
        found = {code: condition(words, share, size) for code, words in asked.items()}
        if found != before:  # of few words, several shares ask for the same
            yield found
        before = found


def condition(words: Weighed, share: float, size: int) -> str:
    """True of rows that hold `share` of the rarity of `words`, one that leads there among it."""
    need = share * sum(rarity for _, rarity in words)
    return holding_enough(words, need, leading(words, size))


def leading(words: Weighed, size: int) -> int:
    """How many of `words` lead to rows."""
    rows = 0.0
    for place, (_, rarity) in enumerate(words):
        rows += frequency(rarity, size)
        if place and rows > LED:
            return place
    return len(words)


def holding_enough(words: Weighed, need: float, lead: int) -> str:
    """Rows whose rarities add up to `need`, the rarest that they hold among the first `lead`."""
    least, total = words[-1][1], sum(rarity for _, rarity in words)
    if total - least < need - CLOSE:  # all are needed
        return joined(" & ", [quote(lexeme) for lexeme, _ in words])
    ways = []
    for place, (lexeme, rarity) in enumerate(words[:lead]):
        rest = words[place + 1 :]
        if rarity >= need - CLOSE:
            ways.append(quote(lexeme))
        elif sum(each for _, each in rest) >= need - rarity - CLOSE:
            others = holding_enough(rest, need - rarity, len(rest))
            ways.append(joined(" & ", [quote(lexeme), others]))
    return joined(" | ", ways)


def joined(sign: str, parts: list[str]) -> str:
    return f"({sign.join(parts)})" if len(parts) > 1 else parts[0]


def frequency(rarity: float, size: int) -> float:
    """In how many of `size` rows a word of this rarity occurs."""
    return (size + 1) / exp(rarity) - 0.5


def brought(wanted: Spelled, size: int) -> float:
    """How many of `size` rows hold one of the words, at most."""
    every = {lexeme: rarity for rarities in wanted.values() for lexeme, rarity in rarities.items()}
    return sum(frequency(rarity, size) for rarity in every.values())


def quote(lexeme: str) -> str:
    """The lexeme as a tsquery's text has it."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
