"""Whether a question asks for something that nothing found for it speaks of."""

from archive.tongues import alike, said_in
from archive.unmet import unmet
from archive.viewer import Viewer
from concierge.answering.folding import folded
from concierge.answering.support import ALL_STOPS as STOPS
from concierge.answering.support import SHORTEST, WORD, language, stem, stems
from concierge.answering.turn import Evidence

# What questions are made of, whatever they ask for.
ASKING = (
    "think say said tell told ever happen happened come came want like does type kind sort name "
    "names thing things people today get got give gave given use used make made year years long "
    "old know known mean means really stop stopped turn turned call called show shows see find "
    "found start started first last please explain describe exactly manage managed why much many "
    "often afterwards also again yet still just now work works worked bring brought put take took "
    "taken went going look looked press release interview article note document archive film "
    "policy policies"
)
PLAIN = frozenset(stem(word) for word in ASKING.split())


def absent(viewer: Viewer, query: str, evidence: Evidence) -> list[str]:
    """The words of `query` that no source and no piece has, and that no source is anything like.

    [] where question and sources are in two languages that no dictionary joins: they share few
    words. Raises EmbeddingError.
    """
    sources = evidence.sources
    typed, code = query, sources[0].language[:2] if sources else ""
    query = said_in(typed, code, whole=False)
    if not sources or language(query, margin=1) not in ("", code):
        return []
    told = [f"{source.title} {source.text}" for source in sources]
    told += [f"{piece.title} {piece.facts}" for piece in evidence.pieces]
    said = stems(" ".join(told))
    weighty = {
        word
        for word in WORD.findall(query)
        if len(word) >= SHORTEST
        and folded(word) not in STOPS
        and stem(word) not in PLAIN
        and stem(word) not in said
        and (query == typed or said.isdisjoint(map(stem, alike(word, code))))
    }
    if not weighty:
        return []
    keys = [source.passage_id for source in sources if source.passage_id]
    parts = {part for word in unmet(viewer, query, keys) for part in WORD.findall(word)}
    return sorted(weighty & parts)
