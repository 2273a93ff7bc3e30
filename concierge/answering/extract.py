"""The rung without a model: the archive's own sentences, quoted exactly and cited."""

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import Literal

from babel.dates import get_month_names

from archive.embedding import current_embedder
from archive.support import UNSURE
from archive.tongues import said_in, spoken
from concierge.answering.absent import absent
from concierge.answering.answerable import Signs, is_answered, is_elsewhere, signs
from concierge.answering.doer import doer
from concierge.answering.expected import expected, is_price
from concierge.answering.folding import folded
from concierge.answering.manners import own
from concierge.answering.pieces import FORMS, is_shopping
from concierge.answering.premise import elsewhere, otherwise, says_otherwise
from concierge.answering.sentences import ENDED, Sentence, scored, statements
from concierge.answering.support import language
from concierge.answering.tended import at_home, to_the_point, told_today
from concierge.answering.turn import Cited, Evidence, Piece, Reply, Turn, forms_of
from concierge.answering.turning import READ, unsaid
from concierge.answering.understand import understand

RUNG = "extractive"
NEARLY = 0.36  # the same, of what the search itself thinks well of
BETWEEN = 30  # words between two quotations of a paragraph that are quoted with them
WIDEST = 70  # words of a quotation that stands alone, with what is beside it
# Below both, the best sentence only shares words with the question: of 148 with an answer one does.
FAINT, DOUBTED = 0.35, 0.5  # its cosine, and the search's own estimate
NEAR = 0.60  # cosine of the best sentence from which a word it lacks is taken for a paraphrase
SAME_QUESTION = 0.70  # cosine from which a sentence says what is asked, in whatever words
ENOUGH = 0.44  # a best sentence below this does not answer (fitted: docs/answering.md)
FORMS_ASKED = re.compile(
    r"\b(colou?rs?|sizes?|versions?|forms?|couleurs?|coloris|tailles?|colori|taglie|farben?)\b",
    re.IGNORECASE,
)
OWN_WORDS = {
    "en": {
        "nearest": "I did not find exactly this. The nearest the archive has:",
        "silent": "The archive of {house} does not say.",
        "person": "For this, please ask a person: {contact}.",
    },
    "fr": {
        "nearest": "Je n’ai pas trouvé exactement cela. Ce que les archives ont de plus proche :",
        "silent": "Les archives de {house} ne le disent pas.",
        "person": "Une personne pourra vous répondre : {contact}.",
    },
    "it": {
        "nearest": "Non ho trovato esattamente questo. Il più vicino che l’archivio conserva:",
        "silent": "L’archivio di {house} non lo dice.",
        "person": "Potrà risponderle una persona: {contact}.",
    },
    "de": {
        "nearest": "Genau das habe ich nicht gefunden. Das Nächste aus dem Archiv:",
        "silent": "Das Archiv von {house} sagt dazu nichts.",
        "person": "Ein Mensch hilft Ihnen gern weiter: {contact}.",
    },
}
SURE = 0.55  # below this it is only the nearest the archive has, and is said to be
FORM = 0.12  # what having, or lacking, the expected form is worth
BESIDE = 0.70  # a further sentence must reach this share of the best one's score
MOST_QUOTES = 5
MOST_WORDS = 150  # of an answer; the first quotation is always whole
MEANT = 0.5  # share of the best one's cosine that it must reach, whatever words it has
UNDONE = 2 * FORM  # what a sentence that does not say who costs, where another does
# Asks one thing more of what was just told: one sentence answers.
BARE = re.compile(
    r"^\W*(?:and |et |e |und )?(?:when|where|since when|quand|où|depuis quand|quando|dove|wann|wo"
    r"|seit wann)\W*$",
    re.IGNORECASE,
)
SAME_WORDS = 0.65  # share of the shorter's words from which two quotations say the same
SAME_MEANING = 0.80  # cosine from which they do
NAME = re.compile(r"(?<=[\w,;:'’] )(?:[dlDL]['’])?([A-ZÀ-Þ][\w’'-]+)")
ADJECTIVE = re.compile(r"\w+(ish|ese|ian|ean)|French|Dutch|Swiss|Greek")  # they name no one
YEAR = re.compile(r"\b\d{4}\b")
MONTHS = frozenset(
    folded(name) for code in OWN_WORDS for name in get_month_names("wide", locale=code).values()
)
SHORT_NAME = 2  # letters that no name is told by
NEAR_NAME = 0.75  # likeness from which a name is taken for a misspelling of another


def extract(turn: Turn, evidence: Evidence) -> Reply:
    """A short answer of the best sentences, or an honest word that the archive does not say."""
    if evidence.finding or any(piece.told for piece in evidence.pieces):
        return told(evidence)
    turn, is_abroad = at_home(turn, evidence)
    asked = understand(turn)
    found = scored(asked.query, asked.subject, turn.viewer.brand_id, evidence.sources)
    plain = said_in(turn.question, "en")
    ranked = judged(plain, told_today(asked.query, found))
    shopping = is_shopping(asked.query)
    rows = [fact_line(p, asked.query) for p in evidence.pieces] if shopping else []
    # What a service costs, from and how, the archive says; its row where the archive is silent.
    facts = [] if all(piece.is_service for piece in evidence.pieces) else rows
    least = ENOUGH if evidence.support < UNSURE else NEARLY
    if other := says_otherwise(turn.question, [sentence for _, sentence in ranked]):
        return corrected(turn, other)
    if ranked and not answers(turn, ranked, found, evidence):
        ranked = []
    best = to_the_point(f"{turn.question} {plain}", chosen(turn.question, ranked, least))
    quotes = beside(facts, plain, best, ranked)
    facts = facts or ([] if quotes else rows)
    if not quotes and not facts:
        person = bool(turn.brand.contact)
        return Reply(text=refusal(turn), rung=RUNG, refused=True, person=person)
    spans = joined([cited(number, quote) for number, quote in enumerate(quotes, start=1)])
    citations = tuple(replace(each, number=number) for number, each in enumerate(spans, start=1))
    paragraphs = [f"> {quote.text} [{n}]" for n, quote in enumerate(citations, start=1)]
    if quotes and not facts and (is_abroad or ranked[0][0] < SURE or evidence.support < UNSURE):
        paragraphs.insert(0, said("nearest", turn))
    return Reply(
        text="\n\n".join(facts + paragraphs),
        citations=citations,
        product_ids=tuple(piece.product_id for piece in evidence.pieces),
        forms=forms_of(evidence.pieces),
        rung=RUNG,
    )


def corrected(turn: Turn, other: Sentence) -> Reply:
    """The sentence that contradicts what the question takes for granted, said to do so."""
    quote = cited(1, widened(other))
    lead = said("nearest", turn) if elsewhere(turn.question, other) else otherwise(turn)
    text = f"{lead}\n\n> {quote.text} [1]"
    return Reply(text=text, citations=(quote,), rung=RUNG, reason="premise")


def is_faint(question: str, ranked: list[tuple[float, Sentence]], support: float) -> bool:
    """Whether what shares words with the question is about something else: a child's handkerchief
    for child labour. Where no sentence was compared by meaning, nothing is; nor is one that has
    the names of the question."""
    compared = any(sentence.meaning for _, sentence in ranked)
    best = ranked[0][1]
    named = {name for name in map(folded, NAME.findall(question)) if len(name) > SHORT_NAME}
    if len(named) > 1 and named <= bag(best.text):
        return False
    return compared and support < DOUBTED and best.meaning < FAINT


def answers(
    turn: Turn, ranked: list[tuple[float, Sentence]], found: list[Sentence], evidence: Evidence
) -> bool:
    """Whether what would be quoted tells what is asked.

    All signs are weighed together where that has been learnt; else each of two decides.
    """
    question = understand(turn).query
    if is_faint(question, ranked, evidence.support):
        return False
    if not is_english(question, ranked) or not any(each.sketch for each in found):
        return not (lacking(turn, ranked, evidence) or beside_the_point(question, ranked))
    told = signs_of(turn, ranked, found, evidence)
    if is_elsewhere(told):
        return False
    likely = is_answered(current_embedder().model, told)
    return likely if likely is not None else not (told.absent or told.beside)


def is_english(question: str, ranked: list[tuple[float, Sentence]]) -> bool:
    """Whether both the question and what would be quoted are."""
    codes = {sentence.source.language[:2] for _, sentence in ranked[:READ]}
    return codes == {"en"} and language(question, margin=1) in ("", "en")


def signs_of(
    turn: Turn, ranked: list[tuple[float, Sentence]], found: list[Sentence], evidence: Evidence
) -> Signs:
    """What is weighed of an English question. Raises EmbeddingError."""
    question = understand(turn).query
    return signs(
        question,
        [sentence for _, sentence in ranked],
        found,
        absent=lacking(turn, ranked, evidence),
        beside=beside_the_point(question, ranked),
    )


def lacking(turn: Turn, ranked: list[tuple[float, Sentence]], evidence: Evidence) -> bool:
    """Whether the question turns on a word that nothing found is anything like."""
    if ranked[0][1].meaning >= NEAR:
        return False
    return bool(absent(turn.viewer, understand(turn).query, evidence))


def beside_the_point(question: str, ranked: list[tuple[float, Sentence]]) -> bool:
    """Whether the question turns on what nothing near the best sentences says or is like."""
    least = BESIDE * ranked[0][0]
    best = [sentence for score, sentence in ranked[:READ] if score >= least]
    if max(sentence.meaning for sentence in best) >= SAME_QUESTION:
        return False
    return bool(unsaid(question, best, [sentence for _, sentence in ranked]))


def told(evidence: Evidence) -> Reply:
    """What the catalogue's rows answer: a sentence, and a line for each piece."""
    lines = [f"- {piece.told}" for piece in evidence.pieces]
    parts = (evidence.finding, "\n".join(lines))
    return Reply(
        text="\n\n".join(part for part in parts if part),
        product_ids=tuple(piece.product_id for piece in evidence.pieces),
        forms=forms_of(evidence.pieces),
        rung=RUNG,
    )


def beside(
    facts: list[str], question: str, quotes: list[Sentence], ranked: list[tuple[float, Sentence]]
) -> list[Sentence]:
    """The quotations still worth having when the rows have spoken: sure ones, never on a price."""
    if not facts:
        return quotes
    return [] if is_price(question) or (ranked and ranked[0][0] < SURE) else quotes


def judged(question: str, sentences: list[Sentence]) -> list[tuple[float, Sentence]]:
    """Sentences with their scores, best first; a question's expected form decides between them.

    When the form is needed and no sentence has it, nothing answers: the list is empty.
    """
    form = expected(question)
    if form is None:
        return [(sentence.score, sentence) for sentence in sentences]
    has, without = [form.has(sentence.text) for sentence in sentences], FORM
    if names_doer := doer(question):
        near = MEANT * max((each.meaning for each in sentences), default=0.0)
        does = [
            each.meaning >= near and names_doer(each.text, each.source.language[:2])
            for each in sentences
        ]
        told = zip(does, sentences, strict=True)
        # Where one says who did it, what only has a name beside other words does not.
        if any(fits and s.score + FORM >= ENOUGH for fits, s in told):
            has, without = does, UNDONE
    ranked = [
        (sentence.score + (FORM if fits else -without), fits, sentence)
        for sentence, fits in zip(sentences, has, strict=True)
    ]
    ranked.sort(key=lambda row: -row[0])
    if form.needed and not any(fits and score >= ENOUGH for score, fits, _ in ranked):
        return []
    return [(score, sentence) for score, _, sentence in ranked]


def chosen(
    question: str, ranked: list[tuple[float, Sentence]], least: float = ENOUGH
) -> list[Sentence]:
    """The few worth quoting: near the best, unlike one another, in reading order.

    One that stands alone is quoted with the sentences beside it.
    """
    if not ranked or ranked[0][0] < least or not names_known(question, ranked[0][1]):
        return []
    best, meant = ranked[0][0], MEANT * ranked[0][1].meaning
    most = 1 if BARE.match(question) else MOST_QUOTES
    kept: list[Sentence] = []
    words = 0
    said = [each for each in ranked if not is_caption(each[1].text)]
    for score, sentence in said if said and said[0][0] >= max(least, BESIDE * best) else ranked:
        length = len(sentence.text.split())
        if score < max(least, BESIDE * best) or len(kept) == most:
            break
        if kept and (
            sentence.meaning < meant
            or words + length > MOST_WORDS
            or any(alike(sentence, k) for k in kept)
        ):
            continue
        kept.append(sentence)
        words += length
    return in_reading_order(kept) if len(kept) > 1 else [widened(kept[0])]


def is_caption(text: str) -> bool:
    """Whether it is the words of a picture: a line without an end, a number or a cell."""
    return not (ENDED.search(text) or "|" in text or any(map(str.isdigit, text)))


def widened(alone: Sentence) -> Sentence:
    """The sentence with those beside it in its paragraph, as far as they are short."""
    text, (start, end) = alone.source.text, (alone.start, alone.end)
    first, last = text.rfind("\n", 0, start) + 1, end + len(text[end:].partition("\n")[0])
    spans = [span for span in statements(text) if first <= span[0] and span[1] <= last]
    before = [span for span in spans if span[1] <= start][-1:]
    after = [span for span in spans if span[0] >= end][:1]
    for near in after + before:
        wider = (min(start, near[0]), max(end, near[1]))
        if len(text[wider[0] : wider[1]].split()) <= WIDEST:
            start, end = wider
    return replace(alone, start=start, end=end, lead=min(start, alone.lead))


def names_known(question: str, best: Sentence) -> bool:
    """Whether each name and year of the question occurs, or nearly, where the answer was found.

    "What did Frank Gehry say about the floors?" is not answered by what somebody else said.
    """
    question = said_in(question, best.source.language[:2])
    near = bag(f"{best.source.title} {best.source.date} {best.source.text}")
    if any(year not in near for year in YEAR.findall(question)):
        return False
    words = [word for word in NAME.findall(question) if not ADJECTIVE.fullmatch(word)]
    names = [name for word in words for name in bag(word) if name not in MONTHS]
    if len(names) > len(question.split()) / 2:  # a title, or a language that capitalises nouns
        return True
    return all(name in near or get_close_matches(name, near, 1, NEAR_NAME) for name in names)


def in_reading_order(kept: list[Sentence]) -> list[Sentence]:
    """The best sentence's document first; within a document, as it is written."""
    order: dict[int, int] = {}
    for sentence in kept:
        order.setdefault(sentence.source.document_id, len(order))
    return sorted(kept, key=lambda s: (order[s.source.document_id], s.source.start + s.start))


def alike(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say the same: what is told in two documents is quoted from one."""
    mine, theirs = bag(one.text), bag(other.text)
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    return shared >= SAME_WORDS or float(one.vector @ other.vector) >= SAME_MEANING


def bag(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", folded(text)))


def cited(number: int, sentence: Sentence) -> Cited:
    """The sentence's exact span in its document, with the one before it when it leans on it."""
    start = sentence.lead if sentence.leans else sentence.start
    source = sentence.source
    return Cited(
        number=number,
        source=source,
        start=source.start + start,
        end=source.start + sentence.end,
        text=source.text[start : sentence.end],
    )


def joined(quotes: list[Cited]) -> list[Cited]:
    """Quotations of one paragraph that overlap, or stand all but side by side, made one."""
    spans: list[Cited] = []
    for quote in quotes:
        last = spans[-1] if spans else None
        if last and last.source.number == quote.source.number and quote.start >= last.start:
            source = last.source
            between = source.text[last.end - source.start : max(0, quote.start - source.start)]
            if "\n" not in between and len(between.split()) <= BETWEEN:
                end = max(last.end, quote.end)
                text = source.text[last.start - source.start : end - source.start]
                spans[-1] = replace(last, end=end, text=text)
                continue
        spans.append(quote)
    return spans


def fact_line(piece: Piece, question: str) -> str:
    """A piece with its price and stock, and its forms when they are asked for, from its rows."""
    first, *further = (piece.stated or f"{piece.title}: {piece.facts}").splitlines()
    asked = bool(FORMS_ASKED.search(question))
    forms = [line for line in further if asked and line.startswith(tuple(FORMS.values()))]
    return f"{'. '.join([first, *forms])}."


def said(kind: Literal["nearest", "silent", "person"], turn: Turn) -> str:
    """One of the rung's own sentences, in the language of the question when we speak it.

    The house's, where it has written one.
    """
    if of_the_house := own(turn, kind):
        return of_the_house
    # A short question may have no small word that tells, and yet words of one dictionary alone.
    codes = (language(turn.question, margin=1), spoken(turn.question), turn.brand.language[:2])
    ours = next((OWN_WORDS[code] for code in codes if code in OWN_WORDS), OWN_WORDS["en"])[kind]
    return ours.format(house=turn.brand.name, contact=turn.brand.contact)


def refusal(turn: Turn) -> str:
    """The honest answer, in the house's name, with a person to turn to when there is one."""
    sentences = [said("silent", turn)]
    if turn.brand.contact:
        sentences.append(said("person", turn))
    return " ".join(sentences)
