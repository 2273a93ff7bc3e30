"""All that may be wrong with one document, and what it has been good for."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Avg, Count, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

from archive.models import Alike, Document, Passage
from archive.review.odd import Extract, Odd, extract, odd
from archive.review.personal import personal
from archive.review.uses import Question, Use, questions, uses

SHORT = 20  # words: a passage below tells little without its neighbours
LONG = 180  # words: one above was hard to split
SHOWN = 12  # of a list
BANDS = ((0, 20), (20, 60), (60, 100), (100, 140), (140, 180), (180, 10_000))  # words


@dataclass(frozen=True, slots=True)
class Passages:
    count: int
    least: int  # words
    mean: int
    most: int
    short: int
    long: int
    shortest: tuple[Passage, ...]
    longest: tuple[Passage, ...]
    bands: tuple[tuple[str, int, float], ...]  # words, passages, per cent of the fullest


@dataclass(frozen=True, slots=True)
class Found:
    """Something that looks like personal data, in its words."""

    kind: str
    page: int | None
    words: Extract


@dataclass(frozen=True, slots=True)
class LeftOut:
    rule: str
    count: int  # stretches of text
    times: int  # how often they stood in the file


@dataclass(frozen=True, slots=True)
class Quality:
    characters: int
    pages: int  # with and without text
    unread: tuple[int, ...]
    odd: tuple[Odd, ...]
    languages: tuple[tuple[str, int, float], ...]  # language, passages, per cent
    alike: tuple[Alike, ...]
    personal: tuple[Found, ...]
    personal_counts: tuple[tuple[str, int], ...]
    passages: Passages
    asked: int
    questions: tuple[Question, ...]
    uses: tuple[Use, ...]
    left_out: tuple[LeftOut, ...]
    restored: int


def quality(document: Document) -> Quality:
    """Reads the text once; a fixed number of queries, whatever its length."""
    version, text = document.current, document.text
    unread = tuple(version.unread_pages) if version else ()
    found = personal(text)
    counts = Counter(each.kind for each in found)
    asked, told = questions(document.pk, SHOWN)
    drops = document.drops.filter(left_out=True).values("rule")
    numbered = {page["number"] for page in version.pages} if version else set()
    return Quality(
        characters=len(text),
        pages=len(numbered | set(unread)),
        unread=unread,
        odd=tuple(odd(text)),
        languages=languages(document),
        alike=tuple(copies(document)),
        personal=tuple(
            Found(
                each.kind,
                version.page_at(each.start) if version else None,
                extract(text, each.start, each.end),
            )
            for each in found[:SHOWN]
        ),
        personal_counts=tuple(counts.most_common()),
        passages=passages(document),
        asked=asked,
        questions=tuple(told),
        uses=tuple(uses([document.pk]).get(document.pk, ())),
        left_out=tuple(
            LeftOut(each["rule"], each["stretches"], each["times"])
            for each in drops.order_by("rule").annotate(stretches=Count("pk"), times=Sum("count"))
        ),
        restored=document.drops.exclude(restored=None).count(),
    )


def passages(document: Document) -> Passages:
    rows = document.passages.order_by()
    bands = {
        f"b{low}": Count("pk", filter=Q(words__gte=low, words__lt=high)) for low, high in BANDS
    }
    sums = rows.aggregate(
        count=Count("pk"),
        least=Coalesce(Min("words"), 0),
        mean=Coalesce(Avg("words"), 0.0),
        most=Coalesce(Max("words"), 0),
        short=Count("pk", filter=Q(words__lt=SHORT)),
        long=Count("pk", filter=Q(words__gt=LONG)),
        **bands,
    )
    fullest = max(sums[name] for name in bands) or 1
    shown = rows.only("text", "words", "page", "number", "document_id")
    return Passages(
        count=sums["count"],
        least=sums["least"],
        mean=round(sums["mean"]),
        most=sums["most"],
        short=sums["short"],
        long=sums["long"],
        shortest=tuple(shown.filter(words__lt=SHORT).order_by("words", "number")[:3]),
        longest=tuple(shown.filter(words__gt=LONG).order_by("-words", "number")[:3]),
        bands=tuple(
            (
                f"{low} to {high}" if high < BANDS[-1][1] else f"more than {low}",
                sums[f"b{low}"],
                100 * sums[f"b{low}"] / fullest,
            )
            for low, high in BANDS
        ),
    )


def languages(document: Document) -> tuple[tuple[str, int, float], ...]:
    """How many passages are in each language, the most frequent first."""
    rows = document.passages.order_by().values_list("language").annotate(count=Count("pk"))
    counts = sorted(rows, key=lambda row: -row[1])
    whole = sum(count for _, count in counts) or 1
    return tuple((language, count, 100 * count / whole) for language, count in counts)


def copies(document: Document) -> list[Alike]:
    """The other documents of every likeness it is in."""
    clusters = document.likenesses.values("likeness")
    others = Alike.objects.filter(likeness__in=clusters).exclude(document=document)
    return list(others.select_related("likeness", "document").order_by("-containment")[:SHOWN])
