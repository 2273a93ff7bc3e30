"""An answer as the house says it: what it always says before it, and how well the rest kept to it.

The last stage of every rung. What the house says word for word is said by the server, before any
rung speaks, and no rung can take it back.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace

from archive.threads import in_thread
from catalog.models import Product
from concierge.answering.curtail import curtail
from concierge.answering.extract import said
from concierge.answering.manners import (
    OffVoiceError,
    asked_in,
    due,
    heed,
    in_own_words,
    manner_of,
    proper,
)
from concierge.answering.turn import Delta, Done, Draft, Event, Reply, Restart, Turn
from concierge.voice.manner import Manner
from concierge.voice.score import Said, flat, scored

UNSAFE = "unsafe"  # what is said to despair or a threat nothing stands before
LONGEST_VERSION = 40  # characters of what an answer is written by
SURE = 0.7  # the search's own estimate from which what is near stands under what is always said


async def voiced(turn: Turn, events: AsyncIterator[Event]) -> AsyncGenerator[Event, None]:
    """`events` with what is due to the question said first, and the reply scored."""
    sentences = due(turn)
    owing = True
    async for event in events:
        match event:
            case Delta(words):
                if owing and (owed := first(turn, () if holds(words, sentences) else sentences)):
                    yield Delta(owed)
                owing = False
                yield event
            case Restart():
                yield event
                owing = True
            case Done(reply):
                sentences = () if reply.kind == UNSAFE else sentences
                whole = answered(turn, reply, sentences) if sentences else reply
                whole = replace(whole, text=f"{first(turn, ())}{whole.text}")
                yield Done(
                    await in_thread(judged)(turn, whole, sentences) if turn.brand.manners else whole
                )


def first(turn: Turn, sentences: tuple[str, ...]) -> str:
    """What stands before an answer."""
    return "".join(f"{each}\n\n" for each in (turn.aside, *sentences) if each)


def holds(text: str, sentences: tuple[str, ...]) -> bool:
    return all(flat(each) in flat(text) for each in sentences)


def answered(turn: Turn, reply: Reply, sentences: tuple[str, ...]) -> Reply:
    """The reply after the sentences it does not itself have.

    To a question that the house has just answered the archive's silence is not told, nor what is
    only near; a person is. What the archive surely has on it stands under them; never a piece that
    only came up beside it.
    """
    missing = [each for each in sentences if not holds(reply.text, (each,))]
    if not missing:
        return reply
    lead = said("nearest", turn)
    is_near = reply.text.startswith(lead)
    if reply.refused or is_near:
        reply = replace(reply, product_ids=(), forms={})
    if is_near and not reply.refused and (reply.support or 0) >= SURE:
        reply = replace(reply, text=reply.text.removeprefix(lead).strip())
    elif reply.refused or is_near:
        text = said("person", turn) if turn.brand.contact else ""
        reply = replace(reply, text=text, citations=(), person=bool(text))
    return replace(reply, text="\n\n".join(filter(None, (*missing, reply.text))))


def cut_short(turn: Turn, shown: str, draft: Draft | None) -> Reply:
    """What stands of an answer that was stopped; what the house always says stands if shown."""
    reply = curtail(shown, heeding(turn, draft) if draft else None, turn.brand.name)
    if draft:
        reply = replace(reply, text=in_own_words(turn, reply.text, draft.evidence))
    sentences = tuple(each for each in due(turn) if holds(shown, (each,)))
    missing = [each for each in sentences if not holds(reply.text, (each,))]
    return replace(reply, text="\n\n".join(filter(None, (*missing, reply.text))))


def heeding(turn: Turn, draft: Draft) -> Draft:
    try:
        return replace(draft, text=heed(turn, draft.text, draft.evidence))
    except OffVoiceError:
        return replace(draft, text="")


def judged(turn: Turn, reply: Reply, sentences: tuple[str, ...]) -> Reply:
    """With its score, its faults and the version of the voice; as it is for a house without one."""
    manner = manner_of(turn)
    if manner is None:
        return reply
    result = scored(as_said(turn, reply, sentences), manner)
    return replace(
        reply,
        voice_score=result.score,
        voice_faults=tuple(result.plainly),
        prompt_version=version(reply, manner),
    )


def as_said(turn: Turn, reply: Reply, sentences: tuple[str, ...]) -> Said:
    sources = {cited.source.passage_id: cited.source for cited in reply.citations}.values()
    pieces = Product.objects.filter(pk__in=reply.product_ids).values_list("title", flat=True)
    titles = [*(source.title for source in sources), *(pieces if reply.product_ids else ())]
    # Only a model chooses its words: what rows and curators say needs no grounds.
    grounds = " ".join([turn.question, *(source.text for source in sources), *titles])
    return Said(
        text=reply.text,
        language=asked_in(turn),
        due=sentences,
        names=proper(titles),
        grounds=grounds if reply.prompt_version else reply.text,
    )


def version(reply: Reply, manner: Manner) -> str:
    """What the answer was made by: "answer-3 voice-fr-2"; the voice alone without a model."""
    mark = manner.mark if manner.version else ""
    return f"{reply.prompt_version} {mark}".strip()[:LONGEST_VERSION]
