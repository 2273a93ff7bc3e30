"""A question into conditions: no model decides, and every word that counts is the catalogue's.

What the wording says (prices, order, number, stock, likeness) is taken out first. What is left is
looked up among the names the brand's catalogue has for its own values (`learn`), the longest
first; a value that no piece the viewer may see has is as if it were not there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pgvector.django import CosineDistance

from archive.door import Door
from archive.embedding import EmbeddingError, current_embedder
from archive.spelling import respelled
from archive.stems import spelling, stems
from archive.steps import Step, taken
from archive.viewer import Viewer
from catalog.conditions import rows
from catalog.conditions.amounts import told
from catalog.conditions.conditions import Conditions, Value, Wanted
from catalog.conditions.known import Names, house, named
from catalog.conditions.learn import WORD, WORDS, key_of
from catalog.conditions.wording import (
    AS_WELL,
    CARRYING,
    EITHER,
    GENERIC,
    NOT,
    OCCASIONS,
    SIZED,
    SPOKEN,
    heard,
    same_colour,
)
from catalog.models import CatalogName, Product

Aspect, Concept, Way = CatalogName.Aspect, CatalogName.Concept, CatalogName.Way

QUESTION = 500  # characters of a question that are read
LANGUAGES = ("en", "fr", "it", "de")
NEAR = 0.64  # cosine from which a word means one of the house's kinds (docs/catalogue.md)
BESIDE_BEST = 0.06  # how far below the nearest kind another may be
LOOKED_UP = 4  # words not known that are compared with the kinds

# Which names of the same words are meant, the first that there are.
TIERS: tuple[frozenset[tuple[str, str]], ...] = (
    frozenset({(Aspect.TITLE, Way.WHOLE)}),
    frozenset({(Aspect.KIND, Way.WHOLE), (Aspect.KIND, Way.HEAD)}),
    frozenset({(Aspect.CATEGORY, Way.WHOLE)}),
    frozenset((Aspect.OPTION, way) for way in (Way.WHOLE, Way.PART, Way.BESIDE)),
    frozenset(
        (aspect, way)
        for aspect in (Aspect.ATTRIBUTE, Aspect.TAG)
        for way in (Way.WHOLE, Way.PART, Way.HEAD)
    ),
    frozenset({(Aspect.CATEGORY, Way.PART)}),
    frozenset({(Aspect.VENDOR, Way.WHOLE)}),
    frozenset({(Aspect.CATEGORY, Way.ABOVE)}),
)
WAYS = [str(way) for way in Way]  # the surest first
HEAD_FIRST = frozenset({"fr", "it", "es"})
ONE_OF = frozenset({Concept.KIND, Concept.PIECE})  # of which a piece has one alone
FORM = frozenset({Concept.COLOUR, Concept.SIZE, Concept.MATERIAL})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question, where it stands, and its lexemes as the brand spells them."""

    text: str
    start: int
    end: int
    lexemes: frozenset[str]
    small: bool  # a stop word of the question's language, or one that carries any question


@dataclass(frozen=True, slots=True)
class Match:
    """Neighbouring words that name values; `names` are those of one tier, `others` the rest."""

    tokens: tuple[Token, ...]
    names: Names
    others: Names


def read(viewer: Viewer, question: str) -> Conditions:
    """What `question` demands of a piece, as far as `viewer` may know the catalogue.

    A word that says nothing is read as the nearest one that does, where there is one.
    """
    text = " ".join(question.replace("\0", " ").split())[:QUESTION].replace("’", "'")
    found = as_typed(viewer, text)
    if not found.rest or not taken(Step.SPELLING):
        return found
    mended = respelled(viewer, text, SPOKEN)
    if mended == text:
        return found
    again = as_typed(viewer, mended)
    return again if len(again.rest) < len(found.rest) else found


def as_typed(viewer: Viewer, text: str) -> Conditions:
    currency, language = house(viewer.brand_id)
    price = told(text, currency)
    if price:
        text = f"{text[: price.start]}{' ' * (price.end - price.start)}{text[price.end :]}"
    sizes, text = sized(viewer, text)
    said = heard(text)
    found = Conditions(
        wanted=tuple(sizes),
        price=price.price if price else None,
        in_stock=said.in_stock,
        order=said.order,
        how_many=said.how_many,
        most=said.most,
        likeness=said.likeness,
        generic=said.generic,
        gift=said.gift,
    )
    return Reader(viewer, spelling(language), said.left, said.counted).read(found)


class Reader:
    """Looks up the words of one question."""

    def __init__(
        self, viewer: Viewer, code: str, text: str, counted: tuple[int, int] | None = None
    ) -> None:
        self.viewer, self.code, self.text, self.counted = viewer, code, text, counted
        self.door = Door.to(Product, viewer)

    def read(self, found: Conditions) -> Conditions:
        tokens = self.tokens()
        matches = self.heads(self.matches(tokens))
        wanted = [*found.wanted, *self.negated(matches)]
        used = {token for match in matches for token in match.tokens}
        left = [t for t in tokens if not (t in used or t.small or GENERIC.fullmatch(t.text))]
        # What is not wanted, and not known, is not to be looked for.
        left = [t for t in left if not NOT.search(self.text[: t.start].rstrip())]
        left = [t for t in left if not (NOT.fullmatch(t.text) or t.text.lower() in OCCASIONS)]
        if not any(each.concept in {Concept.KIND, Concept.PIECE} for each in wanted):
            meant = replace(found, wanted=tuple(wanted))
            near = self.nearest(left) if meant.explicit else {}
            wanted += near.values()
            left = [token for token in left if token not in near]
        wanted = joined(wanted, self.text)
        rest = tuple(token.text for token in left)
        if rest and not wanted and not found.generic:  # what is to be ranked, nobody knows
            found = replace(found, order=None, how_many=False)
        if self.counts_another(tokens, left):
            found = replace(found, how_many=False)
        return self.settled(replace(found, wanted=tuple(wanted), rest=rest), matches)

    def counts_another(self, tokens: Sequence[Token], left: Sequence[Token]) -> bool:
        """Whether something is counted that no piece is: the stitches of a hem."""
        if self.counted is None:
            return False
        start, end = self.counted
        named = [each for each in tokens if start <= each.start < end and not each.small]
        return bool(named) and named[-1] in left

    def tokens(self) -> list[Token]:
        """The words, without stop words of the language that has the most of them here."""
        words = list(WORD.finditer(self.text))
        codes = dict.fromkeys((self.code, *LANGUAGES))
        every = stems([(code, word.group()) for code in codes for word in words])
        spelled = {
            code: every[place * len(words) : (place + 1) * len(words)]
            for place, code in enumerate(codes)
        }
        stops = Counter({code: sum(not each for each in spelled[code]) for code in codes})
        spoken = stops.most_common(1)[0][0] if words else self.code
        return [
            Token(
                text=word.group(),
                start=word.start(),
                end=word.end(),
                lexemes=own,
                small=not own or not there or word.group().lower() in CARRYING,
            )
            for word, own, there in zip(words, spelled[self.code], spelled[spoken], strict=True)
        ]

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The longest names first, no word used twice, in the question's order."""
        spans = list(windows(tokens))
        colours = {token: self.colour_keys(token) for token in tokens if same_colour(token.text)}
        keys = {key_of_tokens(span) for span in spans}
        known: defaultdict[str, Names] = defaultdict(list)
        asked = keys.union(*colours.values())
        for name in self.seen(named(self.viewer.brand_id, asked)):
            known[name.words].append(name)
        used: set[Token] = set()
        matches: list[Match] = []
        for span in sorted(spans, key=len, reverse=True):
            if used.intersection(span):
                continue
            names = [each for each in known[key_of_tokens(span)] if can_be_meant(each, span)]
            if len(span) == 1 and span[0] in colours:
                others = [each for key in colours[span[0]] for each in known[key]]
                names += [each for each in others if each.concept == Concept.COLOUR]
            if names:
                first, others = tiered(names)
                matches.append(Match(span, first, others))
                used.update(span)
        return sorted(matches, key=lambda match: match.tokens[0].start)

    def colour_keys(self, token: Token) -> set[str]:
        row = same_colour(token.text)
        return {key_of(each) for each in stems([(self.code, word) for word in row]) if each}

    def heads(self, matches: list[Match]) -> list[Match]:
        """A scented candle is a candle: of kinds side by side the first or the last is meant."""
        kept: list[Match] = []
        for match in matches:
            last = kept[-1] if kept else None
            if (
                last
                and both_kinds(last, match)
                and not self.text[last.tokens[-1].end : match.tokens[0].start].strip()
            ):
                if self.code not in HEAD_FIRST:
                    kept[-1] = match
            else:
                kept.append(match)
        return kept

    def wanted(self, match: Match) -> Wanted:
        first, last = match.tokens[0], match.tokens[-1]
        values = tuple(dict.fromkeys(value_of(name) for name in match.names))
        return Wanted(
            concept=match.names[0].concept,
            said=self.text[first.start : last.end],
            values=values,
            excluded=bool(NOT.search(self.text[: first.start].rstrip())),
        )

    def negated(self, matches: Sequence[Match]) -> list[Wanted]:
        """What the matches name; a negation holds for all that it is said of in one breath."""
        found: list[Wanted] = []
        for before, match in zip([None, *matches], matches, strict=False):
            wanted = self.wanted(match)
            if before and found[-1].excluded:
                gap = self.text[before.tokens[-1].end : match.tokens[0].start]
                wanted = replace(wanted, excluded=wanted.excluded or bool(AS_WELL.fullmatch(gap)))
            found.append(wanted)
        return found

    def nearest(self, left: Sequence[Token]) -> dict[Token, Wanted]:
        """For words the catalogue does not use: the kinds that the model finds next to them."""
        unknown = [t for t in left if t.text.isalpha() and len(t.text) > 2][:LOOKED_UP]
        if not unknown:
            return {}
        try:
            embedder = current_embedder()
            vectors = {token: embedder.embed_query(token.text) for token in unknown}
        except EmbeddingError:
            return {}
        near: dict[Token, Wanted] = {}
        for token, vector in vectors.items():
            named = CatalogName.objects.filter(brand=self.viewer.brand_id, model=embedder.model)
            far = CosineDistance("vector", vector)
            found = named.annotate(far=far).filter(far__lte=1 - NEAR).order_by("far", "pk")
            # A scarf is next to a scarf ring in meaning, and is none.
            best = [
                n for n in found.defer("vector")[:20] if not token.lexemes < set(n.words.split())
            ]
            if close := self.seen_beside_best(best):
                values = tuple(dict.fromkeys(value_of(name) for name in close))
                near[token] = Wanted(Concept.KIND, token.text, values)
        return near

    def seen_beside_best(self, names: Iterable[Any]) -> Names:
        """The nearest of `names`, nearest first, that is seen, and those that are hardly further.

        Whether a name is seen takes a query: none is asked that cannot count.
        """
        close: list[Any] = []
        for name in names:
            if close and name.far > close[0].far + BESIDE_BEST:
                break
            close += self.seen([name])
        return close

    def seen(self, names: Names) -> Names:
        """Those whose value a piece has that the viewer may see: the others were never learned."""
        values = list(dict.fromkeys(map(value_of, names)))
        held = rows.held(self.door, values)
        return [name for name in names if value_of(name) in held]

    def settled(self, found: Conditions, matches: list[Match]) -> Conditions:
        """ "Navette gloves" names a kind of the motif Navette, not the clutch of that title."""
        pieces = found.of(Concept.PIECE)
        if not pieces or not found.kinds:
            return found
        bare = Conditions(wanted=(*pieces, *found.kinds))
        if rows.fitting(Product.objects.visible_to(self.viewer), bare).exists():
            return found
        kept = [each for each in found.wanted if each.concept != Concept.PIECE]
        for match in matches:
            if match.names[0].concept == Concept.PIECE and match.others:
                other = self.wanted(Match(match.tokens, *tiered(match.others)))
                kept.append(other)
        return replace(found, wanted=tuple(kept))


def sized(viewer: Viewer, text: str) -> tuple[list[Wanted], str]:
    """ "Size 7½", whatever the catalogue's size is called; and the question without those words."""
    found: list[Wanted] = []
    for match in list(SIZED.finditer(text)):
        size = plain_size(match["size"])
        known = CatalogName.objects.filter(
            brand=viewer.brand_id, concept=Concept.SIZE, way=Way.WHOLE
        ).defer("vector")
        values = tuple(value_of(name) for name in known if plain_size(name.value) == size)
        text = f"{text[: match.start()]}{' ' * len(match.group())}{text[match.end() :]}"
        found.append(Wanted(Concept.SIZE, match["size"].strip(), values))
    return found, text


def both_kinds(*matches: Match) -> bool:
    return all(each.names[0].concept == Concept.KIND for each in matches)


def windows(tokens: Sequence[Token]) -> Iterable[tuple[Token, ...]]:
    """Runs of up to WORDS words, neither beginning nor ending with one without lexemes."""
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + WORDS, len(tokens)) + 1):
            span = tuple(tokens[start:end])
            if span[0].lexemes and span[-1].lexemes:
                yield span


def key_of_tokens(span: Iterable[Token]) -> str:
    return key_of(frozenset().union(*(token.lexemes for token in span)))


def can_be_meant(name: CatalogName, span: Sequence[Token]) -> bool:
    """A lone "90" is no size, a mother no colour, and a small word names nothing by itself."""
    if len(span) > 1:
        return True
    token = span[0]
    if token.text.lower() in OCCASIONS and name.concept in FORM:
        return False
    if name.concept == Concept.SIZE and (len(token.text) < 3 or token.text.isdigit()):
        return False
    return not token.small and not token.text.isdigit()


def tiered(names: Names) -> tuple[Names, Names]:
    """Those of the first tier that has any, and the others."""
    for tier in TIERS:
        first = [name for name in names if (name.aspect, name.way) in tier]
        if first:
            first.sort(key=lambda name: WAYS.index(name.way))
            return first, [name for name in names if name not in first]
    return names, []


def joined(wanted: Sequence[Wanted], text: str) -> list[Wanted]:
    """Kinds are alternatives, as a piece has one; so is whatever has an "or" between it."""
    kept: list[Wanted] = []
    for each in wanted:
        last = kept[-1] if kept else None
        either = last and EITHER.fullmatch(between(last.said, each.said, text).strip())
        same = [k for k in kept if k.concept == each.concept and k.concept in ONE_OF]
        other = last if last and either else same[-1] if same else None
        if other and other.excluded == each.excluded:
            told = f"{other.said}, {each.said}"
            both = replace(other, said=told, values=other.values + each.values)
            if each.concept == Concept.KIND:
                both = replace(both, concept=Concept.KIND)
            kept[kept.index(other)] = both
        else:
            kept.append(each)
    return kept


def between(first: str, second: str, text: str) -> str:
    _, _, after = text.partition(first.rpartition(", ")[2])
    found, second, _ = after.partition(second)
    return found if second else ""


def value_of(name: CatalogName) -> Value:
    return Value(name.aspect, name.name, name.value)


def plain_size(size: str) -> str:
    """7½, 7,5 and 7 1/2 are one size."""
    text = re.sub(r"\s*(?:½|1/2)", ".5", size.casefold().strip()).replace(",", ".")
    return re.sub(r"\s+", " ", text)
