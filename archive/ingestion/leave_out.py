"""What is left out of a document's text, each stretch with its reason; restored, it stays in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.ingestion.mend import mend
from archive.ingestion.parse.blocks import Block, Dropped, Parsed
from archive.ingestion.plain import plain

BOILERPLATE = "boilerplate"
ENCODING = "encoding"
UNWANTED = "somebody left it out of every document"


@dataclass(frozen=True, slots=True)
class Choices:
    """What people have decided on a document, as fingerprints."""

    spared: frozenset[str] = frozenset()  # restored: stays in the text
    unwanted: frozenset[str] = frozenset()  # paragraphs that the brand wants in no document


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One stretch that cleaning takes out, all its occurrences together."""

    rule: str
    value: str
    text: str  # of its first occurrence
    fingerprint: str
    page: int | None
    count: int
    spared: bool  # restored by a person, and so in the text


@dataclass(slots=True)
class Tally:
    choices: Choices
    found: dict[str, LeftOut] = field(default_factory=dict)  # by fingerprint

    def spares(self, each: Dropped) -> bool:
        """Count one occurrence; whether it stays in the text."""
        known = fingerprint(each.rule, each.likened or each.text)
        if before := self.found.get(known):
            self.found[known] = replace(before, count=before.count + 1)
        else:
            spared = known in self.choices.spared
            row = LeftOut(each.rule, each.value, each.text, known, each.page, 1, spared)
            self.found[known] = row
        return self.found[known].spared

    def mended(self, block: Block) -> Block:
        """`block` with its misread words made right."""
        text, _ = mend(block.text, lambda word: self.keeps(word, block.page))
        return block if text == block.text else replace(block, text=text)

    def keeps(self, word: str, page: int | None) -> bool:
        right = f"was misread when it was saved, and reads “{mend(word)[0]}”"
        return self.spares(Dropped(word, ENCODING, right, 0, page))

    def wants(self, block: Block) -> bool:
        if not self.choices.unwanted:
            return True
        words = plain(block.text)
        known = fingerprint(BOILERPLATE, words)
        return known not in self.choices.unwanted or self.spares(
            Dropped(words, BOILERPLATE, UNWANTED, 0, block.page)
        )


def fingerprint(rule: str, likened: str) -> str:
    """By what a stretch is known again in a later version, however its spaces are set."""
    words = " ".join(likened.split())
    return hashlib.sha256(f"{rule}\n{words}".encode("utf-8", "replace")).hexdigest()


def arranged(parsed: Parsed, choices: Choices) -> tuple[list[Block], list[LeftOut]]:
    """The blocks of the text in order, and what is not among them or only by a person's wish."""
    tally = Tally(choices)
    spared = [each for each in parsed.dropped if tally.spares(each)]
    blocks = with_restored(parsed.blocks, spared) if spared else parsed.blocks
    mended = map(tally.mended, blocks)
    return [block for block in mended if tally.wants(block)], list(tally.found.values())


def with_restored(blocks: list[Block], spared: list[Dropped]) -> list[Block]:
    """Each of `spared` in its place; no sentence goes on over one."""
    found, done = list[Block](), 0
    for each in sorted(spared, key=lambda each: each.place):
        found += [*apart(blocks[done : each.place], found), *lines(each)]
        done = each.place
    return [*found, *apart(blocks[done:], found)]


def apart(blocks: list[Block], before: list[Block]) -> list[Block]:
    if before and blocks and blocks[0].before in ("", " "):
        return [replace(blocks[0], before="\n\n"), *blocks[1:]]
    return blocks


def lines(dropped: Dropped) -> Iterator[Block]:
    for number, line in enumerate(dropped.text.split("\n")):
        yield Block(line, before="\n" if number else "\n\n", page=dropped.page)
