import re
from html import unescape
from html.parser import HTMLParser

import pytest

from concierge.chat.growing import settled
from concierge.chat.render import TAGS, answer_html, block_html, blocks, is_plain, rendered
from concierge.chat.templatetags import worded

ALLOWED = TAGS | {"sup", "a", "span"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](https://elsewhere.example 'title')",
    "![x](https://elsewhere.example/pixel.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "<https://elsewhere.example>",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n[x]",
    "[1]: https://elsewhere.example\n\n[1]",
    "[1](https://elsewhere.example)",
    "[[1]](https://elsewhere.example)",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "~~~\n<iframe src=//x>\n~~~",
    "> <script>alert(1)</script> [1]",
    "> **not bold** <b>nor this</b> [1]",
    "> [x](javascript:alert(1)) [1]",
    "- <object data=x>\n- <embed src=x>",
    "1. <style>*{display:none}</style>",
    "# <form action=//x><input name=y>",
    "<hx-partial hx-target='body' hx-swap='outerHTML'><p>gone</p></hx-partial>",
    "<div hx-get='/admin/' hx-trigger='load'>",
    "<p hx-on:click='alert(1)'>x</p>",
    "<template><script>alert(1)</script></template>",
    "<math><mtext></p><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x5b;1&#x5d;&#60;b onclick=x&#62;",
    "\\<script>alert(1)\\</script>",
    "**<img src=x onerror=alert(1)>**",
    "*[1]<svg onload=x>*",
    "[1]<script>alert(1)</script>[1]",
    '[1" onclick="alert(1)]',
    "[1]'\"><img src=x>",
    "[P1]<img src=x>",
    "<b>\n\n<script>\n\nalert(1)\n\n</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src='x'\nonerror='alert(1)'>",
    "a\u2028<script>alert(1)</script>",
    "\x00<script>alert(1)</script>",
    "<a\thref=javascript&#58;alert(1)>x</a>",
    "Title <b>\n===\n<script>x</script>",
    "| a |\n|---|\n| <img src=x> |",
    "***\n<hr onclick=x>",
    "<details open ontoggle=alert(1)>",
    "<base href=//x><link rel=stylesheet href=//x>",
    "<meta http-equiv=refresh content=0;url=//x>",
    "<input autofocus onfocus=alert(1)>",
    "[a][1] and [b][]\n\n[1]: <javascript:alert(1)>",
    "http://elsewhere.example www.elsewhere.example a@b.example",
]
LINKS = {1: "/maison/citations/7/"}


class Tags(HTMLParser):
    """What a browser would make of it: (tag, attributes), in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag in ALLOWED, html
        if tag == "a":
            assert attributes["hx-get"] == LINKS[1], html
            assert attributes["href"] == f"{LINKS[1]}#quoted", html
            assert set(attributes) == {"href", "hx-get", "hx-target", "aria-label"}, html
        elif tag == "ol":
            assert set(attributes) <= {"start"}, html
        elif tag == "sup":
            assert attributes == {"class": "cite"}, html
        else:
            assert attributes == {}, html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_becomes_a_tag_of_its_own(text):
    assert_harmless(answer_html(text, LINKS))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless_wherever_the_stream_cuts_it(text):
    for cut in range(len(text) + 1):
        for block in blocks(settled(text[:cut])):
            assert_harmless(block_html(block))


def test_a_marker_becomes_a_link_to_its_citation():
    html = answer_html("Drawn in May [1].", LINKS)
    assert '<a href="/maison/citations/7/#quoted"' in html
    assert re.sub(r"<[^>]+>", "", html) == "Drawn in May1.\n"


def test_a_marker_without_a_citation_stays_as_it_was_written():
    assert answer_html("Ninety [90] by ninety", LINKS) == "<p>Ninety [90] by ninety</p>\n"


def test_a_marker_whose_citation_is_not_known_yet_is_a_number_without_a_link():
    assert block_html("In May [1]") == '<p>In May<sup class="cite"><span>1</span></sup></p>\n'


def test_the_marker_of_a_piece_is_not_shown():
    assert block_html("The square [P2] is silk") == "<p>The square is silk</p>\n"


def test_a_quotation_is_shown_as_it_stands():
    assert block_html("> *Silk* & <gold> [1]", {}) == (
        "<blockquote><p>*Silk* &amp; &lt;gold&gt; [1]</p></blockquote>"
    )


def test_all_lines_of_a_quotation_belong_to_it():
    html = block_html("> one\n- two\n> three [1]", LINKS)
    assert html.startswith("<blockquote><p>one<br>- two<br>three<sup")


def test_only_the_closing_markers_of_a_quotation_are_links():
    html = block_html("> see note [1] of the sheet [1]", LINKS)
    assert html.count("<a ") == 1
    assert "see note [1] of the sheet<sup" in html


def test_a_list_that_goes_on_after_a_paragraph_keeps_its_numbers():
    assert '<ol start="3">' in answer_html("3. third", {})


def test_headings_have_one_rank():
    assert answer_html("# Care\n\n##### Storage", {}) == "<h3>Care</h3>\n\n<h3>Storage</h3>\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("In May [", "In May"),
        ("In May [1", "In May"),
        ("In May [P", "In May"),
        ("In May [1]", "In May [1]"),
        ("the **Her", "the **Her**"),
        ("the **", "the"),
        ("the **Heron** and *", "the **Heron** and"),
        ("> 5 ** 2", "> 5 ** 2"),
        ("", ""),
    ],
)
def test_what_is_half_written_is_held_back(text, shown):
    assert settled(text) == shown


def test_formatting_that_a_model_writes_is_not_read_as_letters():
    html = block_html("<b>The Heron</b> is <code>silk</code>, `woven` in ``France``.<br/>")
    assert html.strip() == "<p>The Heron is silk, woven in France.</p>"


def test_a_quotation_keeps_its_tags_and_backticks():
    html = block_html("> <b>The Heron</b> is `silk` [1]")
    assert "&lt;b&gt;The Heron&lt;/b&gt; is `silk`" in html


def test_french_stops_do_not_begin_a_line_and_quotations_stay_as_they_are():
    said = "Que souhaitez-vous ? Ceci : « cela » ; oui !\n\n> Pourquoi ? dit-elle. [1]"
    shown = unescape(answer_html(said))
    narrow, wide = "\u202f", "\u00a0"
    assert f"vous{narrow}? Ceci{wide}: «{wide}cela{wide}»{narrow}; oui{narrow}!" in shown
    assert "Pourquoi ? dit-elle." in shown


def test_an_answer_in_plain_words_has_no_marks_of_its_making():
    said = "The nearest:\n\n> I drew it in 1934. [1]\n\nIt is shown [P2]."
    assert worded.unmarked(said) == "The nearest:\n\nI drew it in 1934. [1]\n\nIt is shown."
    assert "[1]" not in worded.bare(said)


@pytest.mark.parametrize(
    "line",
    [
        "Ottoline drew it in May 1934 [1], on the terrace (the south one).",
        "L’Atelier, à 60 € — “rien de plus”: it's 100% silk / wool …",
        "She said yes; he: no!",
        "Wait... what?!",
        "中国的丝绸",
    ],
)
def test_a_plain_line_is_shown_as_markdown_would_show_it(line):
    assert is_plain(line)
    assert rendered(line) == f"<p>{line}</p>\n"


@pytest.mark.parametrize(
    "line",
    [
        *HOSTILE,
        *("# Head", "1. One", "- One", "a *b*", "a_b_", "a & b", "a\nb", "a\tb", "a\\b", "`a`"),
        *("a\u00a0b", "a ", "", " a", "a~b", "a|b", "+ a"),
    ],
)
def test_a_line_that_might_mean_more_is_never_taken_for_plain(line):
    assert not is_plain(line)
