"""Which approved answer a question is for: by meaning and by words.

Most questions are near none: whether one is, a small query tells, and only what is near is read
with all that it quotes and shows.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, JSONObject
from pgvector.django import CosineDistance

from archive.door import KEPT, Door
from archive.embedding import EmbeddingError, Vectors, current_embedder
from archive.ingestion.language import language_of
from archive.meaning import written
from archive.models import Passage
from archive.viewer import Viewer
from catalog.models import Product
from concierge.approved.house import ways
from concierge.approved.models import ApprovedAnswer, Quotation, ShownPiece, Wording, key
from concierge.approved.words import difference

# Cosines under the default model, chosen by `python -m bench.approved` (docs/approved.md).
SURE = 0.80  # from here on the answer is given
NEAR = 0.62  # from here on a model is told of it
LOOKED_AT = 8  # wordings, the nearest
GUIDES = 2  # answers that a model is told of, at most

CLOSE = """
    SELECT wording.id, key = ANY(%s) AS same, {near} AS near FROM approved_wording AS wording
    LEFT JOIN approved_wordingembedding AS held ON wording_id = wording.id AND model = %s
    WHERE answer_id IN (SELECT id FROM {rows} WHERE {visible})
    ORDER BY same DESC, near DESC NULLS LAST, wording.id LIMIT %s
"""

Read = tuple[str, Sequence[Vectors]]  # a model, and vectors

logger = logging.getLogger(__name__)

Verdict = Literal["answers", "guides", "far", "differs", "unsound"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a document as it is today: `text == version.text[start:end]`."""

    number: int
    document_id: int
    version_id: int
    passage_id: int | None
    start: int
    text: str
    title: str
    date: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wording near a question, with its answer."""

    answer_id: int
    wording: str
    text: str
    language: str
    status: str
    is_over: bool
    near: float  # cosine, 1 for the same words; 0 where nothing could be compared
    differs: str  # what tells the questions apart; empty when nothing does
    sound: bool  # whether all that it quotes stands where the viewer may read it
    quoted: tuple[Quoted, ...]
    products: tuple[int, ...]  # that the viewer may see

    @property
    def verdict(self) -> Verdict:
        if self.near < NEAR:
            return "far"
        if self.differs:
            return "differs"
        if not self.sound:
            return "unsound"
        return "answers" if self.near >= SURE else "guides"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question, if the house has approved one; else what comes near, best first."""

    answer: Candidate | None = None
    near: tuple[Candidate, ...] = ()


def match(viewer: Viewer, question: str, house: str = "") -> Found:
    """What of the live answers `viewer` may be told is for `question`. No provider is asked.

    `question` must be understood without a conversation; `house` is the brand's name.
    """
    asked = ways(" ".join(question.split()), house)
    read = embedded(asked)
    if not (close := those_near(said_to(viewer), asked, read)):
        return Found()
    wordings = nearest(ApprovedAnswer.objects.said_to(viewer), asked, read).filter(pk__in=close)
    found = list(candidates(viewer, wordings, asked, house))
    if answer := next((each for each in found if each.verdict == "answers"), None):
        return Found(answer)
    guides = {each.answer_id: each for each in reversed(found) if each.verdict == "guides"}
    near = sorted(guides.values(), key=lambda each: -each.near)
    return Found(near=tuple(near[:GUIDES]))


def tried(viewer: Viewer, question: str, house: str = "") -> list[Candidate]:
    """The same for the console, nearest first: drafts and what is over too, and what is far."""
    every = ApprovedAnswer.objects.filter(
        brand_id=viewer.brand_id, audience__in=sorted(viewer.audiences)
    )
    asked = ways(" ".join(question.split()), house)
    return list(candidates(viewer, nearest(every, asked, embedded(asked)), asked, house))


def candidates(
    viewer: Viewer, wordings: QuerySet[Any], asked: Sequence[str], house: str
) -> Iterator[Candidate]:
    """The first of `wordings`, as `nearest` gives them, with their answers. One query."""
    spoken = language_of(asked[0])
    for row in with_substance(wordings, viewer)[:LOOKED_AT]:
        other = spoken and language_of(row.text) and spoken != row.language[:2]
        quoted = tuple(Quoted(**each) for each in row.quoted)
        yield Candidate(
            answer_id=row.answer_id,
            wording=row.text,
            text=row.answer.text,
            language=row.answer.language,
            status=row.answer.status,
            is_over=row.answer.is_over,
            near=1.0 if row.same else row.near or 0.0,
            differs="language" if other else least(asked, row.text, house),
            sound=len(quoted) == row.quotations,
            quoted=quoted,
            products=tuple(row.products),
        )


def least(asked: Sequence[str], wording: str, house: str) -> str:
    """What tells the question apart from a wording in each of the ways of putting it."""
    told = [difference(way, wording, house) for way in asked]
    return "" if "" in told else told[0]


@lru_cache(maxsize=KEPT)
def said_to(viewer: Viewer) -> Door:
    """Of the answers that `viewer` may be told, as `Door.to`."""
    return Door.of(ApprovedAnswer.objects.said_to(viewer))


def embedded(asked: Sequence[str]) -> Read:
    """The model in use and the vector of each way; without it only the same words are found."""
    try:
        embedder = current_embedder()
        return embedder.model, [embedder.embed_query(way) for way in asked]
    except EmbeddingError as error:
        logger.warning("Approved answers by their words alone: %s", error)
        return "", []


def those_near(door: Door, asked: Sequence[str], read: Read) -> list[int]:
    """Primary keys of the wordings, of answers behind the `door`, that are near enough to be read
    with all that their answers quote; as `nearest`, at a fraction of what that takes."""
    model, vectors = read
    cosines = ["1.0 - (vector <=> %s::vector)"] * len(vectors) or ["NULL::float"]
    given = [[*map(key, asked)], *map(written, vectors), model]
    statement = CLOSE.replace("{near}", f"greatest({', '.join(cosines)})")
    told = door.asked(statement, given, [LOOKED_AT])
    return [pk for pk, same, near in told if same or (near or 0.0) >= NEAR]


def nearest(answers: QuerySet[ApprovedAnswer], asked: Sequence[str], read: Read) -> QuerySet[Any]:
    """Wordings with `same` (the very words) and `near` (cosine), nearest first.

    `asked` is the question in one way or more, `read` as it was embedded; the nearest counts.
    """
    model, vectors = read
    near: Any = Value(None, output_field=FloatField())
    cosines = [1.0 - CosineDistance("under__vector", each) for each in vectors]
    if cosines:
        near = Greatest(*cosines) if len(cosines) > 1 else cosines[0]
    under = FilteredRelation("embeddings", condition=Q(embeddings__model=model))
    wordings = Wording.objects.filter(answer__in=answers.order_by()).annotate(
        under=under,
        near=near,
        same=Case(When(key__in=set(map(key, asked)), then=Value(True)), default=Value(False)),
    )
    return wordings.order_by("-same", F("near").desc(nulls_last=True), "pk")


def with_substance(wordings: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    """The wordings with what their answers quote and show, as far as `viewer` may see it."""
    own = Quotation.objects.filter(answer=OuterRef("answer"))
    sound = own.sound_to(viewer).order_by("number")
    visible = Product.objects.visible_to(viewer).filter(pk=OuterRef("product"))
    shown = ShownPiece.objects.filter(Exists(visible), answer=OuterRef("answer"))
    found: QuerySet[Any] = wordings.select_related("answer").annotate(
        quotations=count_of(own),
        quoted=ArraySubquery(sound.values(json=quotation_json())),
        products=ArraySubquery(shown.order_by("position", "pk").values("product")),
    )
    return found


def count_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("answer").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def quotation_json() -> JSONObject:
    """The fields of Quoted; `found` is of `QuotationQuerySet.placed`."""
    holding = Passage.objects.filter(
        document=OuterRef("document"),
        version=OuterRef("document__current"),
        start__lt=OuterRef("found"),
        end__gte=OuterRef("found"),
    )
    return JSONObject(
        number="number",
        document_id="document_id",
        version_id="document__current_id",
        passage_id=Subquery(holding.order_by("number").values("pk")[:1]),
        start=F("found") - 1,
        text="cited_text",
        title="document__title",
        date="document__date",
        kind="document__kind",
        language="document__language",
    )
