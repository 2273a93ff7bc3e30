"""WebVTT and SubRip transcripts: cues of one speaker joined into turns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from archive.ingestion.parse import titles, wide
from archive.ingestion.parse.blocks import Block, Parsed
from archive.ingestion.parse.encoding import decoded

TIME = r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
TIMING = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}")
# No part of a tag may hold another's beginning: looking for its end takes no longer than the line.
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^\s<>][^<>]*)>")
TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]*>|\{\\[^{}]*\}")
NAME = r"[^\W\d_a-zß-ÿ][\w'’.-]*"
PREFIX = re.compile(
    rf"(?:[-–—]\s*|>>\s*)?({NAME}(?: (?:{NAME}|de|du|di|von|van|la)){{0,4}})\s?:\s+(?=\S)"
    rf"|(?:[-–—]\s*|>>\s*)?([{wide.WIDE}][{wide.WIDE}\w・ ]{{0,15}})[：:]\s*(?=\S)"
)
NOTE = re.compile(r"NOTE(?:\s+|$)(.*)", re.S)
NOT_NAMES = frozenset({"NOTE", "REMARK", "ATTENTION", "WARNING"})
PAUSE = 6.0  # seconds of silence after which somebody unnamed begins a new paragraph
LONGEST = 120  # words of an unnamed paragraph


@dataclass(frozen=True, slots=True)
class Cue:
    speaker: str
    text: str
    start: float  # seconds
    end: float


def parse(data: bytes, stem: str) -> Parsed:
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    notes = [Block(note) for part in parts if (note := written_note(part))]
    header = re.match(r"WEBVTT[ \t]+-?[ \t]*(\S.*)", parts[0]) if parts else None
    title = header.group(1).strip() if header else titles.from_name(stem)
    cues = [cue for part in parts for cue in read_cues(part)]
    return Parsed([*notes, *turns(cues)], title, date=titles.date_in_name(stem))


def written_note(part: str) -> str:
    """What a NOTE says: the archivist's remark on the recording."""
    found = NOTE.fullmatch(part)
    return " ".join(found.group(1).split()) if found else ""


def read_cues(part: str) -> Iterator[Cue]:
    """The cue in one part of the file, one for each voice that speaks in it."""
    lines = part.split("\n")
    at = next((number for number, line in enumerate(lines[:3]) if TIMING.match(line)), None)
    timing = TIMING.match(lines[at]) if at is not None else None
    if at is None or timing is None:
        return
    start, end = seconds(timing.groups()[:4]), seconds(timing.groups()[4:])
    for speaker, text in voices(lines[at + 1 :]):
        yield Cue(speaker, text, start, end)


def voices(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(speaker, words) in order; the speaker is "" where the cue names none."""
    speaker, words = "", ""
    for line in lines:
        named, *rest = VOICE.split(line)
        for name, said in [("", named), *zip(rest[::2], rest[1::2], strict=True)]:
            found = PREFIX.match(said) if not name else None
            if found and (found[1] or found[2]) not in NOT_NAMES:
                name, said = found[1] or found[2], said[found.end() :]
            plain = " ".join(unescape(TAG.sub("", said)).split())
            if name and words:
                yield speaker, words
                words = ""
            speaker = " ".join(unescape(name).split()) or speaker
            words = run_on([words, plain])
    if words:
        yield speaker, words


def run_on(said: list[str]) -> str:
    """What is said one after another, as one text."""
    parts: list[str] = []
    for words in filter(None, said):
        parts += [wide.glue(parts[-1], words), words] if parts else [words]
    return "".join(parts)


def turns(cues: list[Cue]) -> Iterator[Block]:
    """Consecutive cues of a speaker as one block; a cue without a name goes on with the last."""
    held: list[Cue] = []
    for cue in cues:
        if held and begins(held, cue):
            yield turn(held)
            held = []
        held.append(cue)
    if held:
        yield turn(held)


def begins(held: list[Cue], cue: Cue) -> bool:
    """Whether `cue` begins a new turn after those `held`."""
    if held[0].speaker:
        return bool(cue.speaker) and cue.speaker != held[0].speaker
    if cue.speaker or cue.start - held[-1].end > PAUSE:
        return True
    ended = held[-1].text.endswith((".", "?", "!", "…", "”", '"', "。", "？", "！", "」"))
    return ended and sum(wide.count(each.text) for each in held) > LONGEST


def turn(cues: list[Cue]) -> Block:
    speaker, words = cues[0].speaker, run_on([cue.text for cue in cues])
    return Block(
        f"{speaker}: {words}" if speaker else words, speaker=speaker, seconds=cues[0].start
    )


def seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, whole, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(whole) + float(f"0.{fraction}")
