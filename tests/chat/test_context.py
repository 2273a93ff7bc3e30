import pytest

from concierge.chat.context import AROUND, cited_context
from concierge.chat.models import Citation

pytestmark = pytest.mark.django_db


def marked(context) -> str:
    return "".join(words for p in context["paragraphs"] for words, quoted in p.parts if quoted)


def around(version, start: int, end: int):
    return cited_context(Citation(version=version, start=start, end=end))


def test_the_quoted_words_are_marked_in_the_text_around_them(answered, reply):
    context = cited_context(answered.citations.get())
    assert marked(context) == reply.citations[0].text
    [paragraph] = [p for p in context["paragraphs"] if p.is_first_quoted]
    assert paragraph.parts[1] == (" It was printed in nine colours.", False)


def test_the_heading_above_the_quoted_words_is_named(answered):
    context = cited_context(answered.citations.get())
    assert context["heading"] == "The first square"


def test_headings_are_told_from_paragraphs(answered):
    context = cited_context(answered.citations.get())
    heads = [p.parts[0][0] for p in context["paragraphs"] if p.is_heading]
    assert heads == ["The first square", "The second square"]


def test_a_quotation_over_several_paragraphs_is_marked_in_each(version):
    start = version.text.index("with two tables")
    end = version.text.index(" It was printed")
    context = around(version, start, end)
    assert [len(p.parts) for p in context["paragraphs"]][1:3] == [2, 2]
    assert "".join(marked(context).split()) == "".join(version.text[start:end].split())
    assert [p.is_first_quoted for p in context["paragraphs"]].count(True) == 1


def test_a_long_document_is_cut_around_the_quoted_words(version):
    version.text = "\n".join(f"Paragraph {n} of a long notebook." for n in range(400))
    start = version.text.index("Paragraph 200 ")
    context = around(version, start, start + 13)
    shown = "\n".join("".join(words for words, _ in p.parts) for p in context["paragraphs"])
    assert context["starts_inside"]
    assert context["ends_inside"]
    assert len(shown) <= 2 * AROUND + 13
    assert shown.startswith("Paragraph ")
    assert shown.endswith("notebook.")


def test_the_whole_of_a_short_document_is_shown(answered):
    context = cited_context(answered.citations.get())
    assert not context["starts_inside"]
    assert not context["ends_inside"]
