"""Pages that show what documents, pieces and clients say stay as they are, whatever that is."""

from html.parser import HTMLParser

import pytest
from django.utils import timezone

from archive.models import Document, DocumentVersion
from catalog.models import Product, Variant
from concierge.approved.models import ApprovedAnswer, Status, Wording
from concierge.chat.models import Citation, Message
from concierge.gaps.models import Gap
from tests.attack.corpus import corpus
from tests.house import TEXT

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = "Words of the house"
LEAST = 24  # payloads tried on each page


def payloads():
    """Some of each kind that fit any field, on one line."""
    fit = [each for each in corpus() if len(each.text) < 150 and each.text.isprintable()]
    kinds = sorted({each.kind for each in fit})
    return [[each.text for each in fit if each.kind == kind][at] for kind in kinds for at in (1, 9)]


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes, and where its links go."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


def abroad(links):
    """Those that lead elsewhere than to this very site."""
    own = ("/", "#", "?")
    return [each for each in links if each and (each[:2] == "//" or not each.startswith(own))]


@pytest.fixture
def planted(answered, product):
    """Puts words into everything of the house that a page may show."""
    approved = ApprovedAnswer.objects.create(
        brand=product.brand, status=Status.LIVE, live_since=timezone.now(), text=PLAIN
    )
    wording = Wording.objects.create(answer=approved, text=PLAIN)
    gap = Gap.objects.create(brand=product.brand, question=PLAIN, key="k", support=0.1)

    def plant(words):
        Document.objects.update(
            title=words,
            people=[words[:120]],
            rights=words,
            season=words[:60],
            collection=words[:120],
        )
        DocumentVersion.objects.update(text=f"{TEXT}\n{words}", file_name=words)
        images = [{"url": "/static/chat/concierge.svg", "alt": words}]
        Product.objects.update(
            title=words, description=words, images=images, attributes={words: words}
        )
        Variant.objects.update(title=words)
        for message in Message.objects.all():
            message.text = words if message.role == "client" else f"{words} [1]"
            message.save()
        Citation.objects.update(cited_text=words)
        ApprovedAnswer.objects.update(text=words, note=words)
        Wording.objects.filter(pk=wording.pk).update(text=words)
        Gap.objects.filter(pk=gap.pk).update(question=words, note=words)

    return plant


PAGES = {
    "conversation": lambda row: f"/maison/conversations/{row.conversation_id}/",
    "citation": lambda row: f"/maison/citations/{row.citations.get().pk}/",
    "piece": lambda row: f"/maison/pieces/{row.cards.get().product_id}/",
}
DESK = {
    "conversation": lambda row: f"/admin/chat/conversation/{row.conversation_id}/change/",
    "approved answers": lambda row: "/admin/approved/approvedanswer/",
    "approved answer": lambda row: (
        f"/admin/approved/approvedanswer/{ApprovedAnswer.objects.get().pk}/change/"
    ),
    "gaps": lambda row: "/admin/gaps/gap/",
    "gap": lambda row: f"/admin/gaps/gap/{Gap.objects.get().pk}/change/",
    "documents": lambda row: "/admin/archive/document/",
    "document": lambda row: f"/admin/archive/document/{Document.objects.get().pk}/change/",
    "pieces": lambda row: "/admin/catalog/product/",
}


def skeleton(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return Skeleton(response.content.decode())


def test_there_are_enough_payloads_for_each_page():
    assert len(payloads()) >= LEAST


@pytest.mark.parametrize("page", PAGES)
def test_no_words_change_a_page_of_the_chat(page, planted, answered, browser):
    address = PAGES[page](answered)
    planted(PLAIN)
    plain = {hx: skeleton(browser, address, hx_request=hx) for hx in ("", "true")}
    for words in payloads():
        planted(words)
        for hx, before in plain.items():
            after = skeleton(browser, address, hx_request=hx)
            assert same(after, before, page), words
            assert abroad(after.links) == abroad(before.links), words


def same(after, before, page):
    """An answer may have marks, emphasis, lists and quotations; all else is as it was."""
    if page != "conversation":
        return after.tags == before.tags
    own = {"em", "strong", "ul", "ol", "li", "blockquote", "h3", "br", "p", "sup", "a"}
    return [t for t in after.tags if t[0] not in own] == [t for t in before.tags if t[0] not in own]


@pytest.mark.parametrize("page", DESK)
def test_no_words_change_a_page_of_the_console(page, planted, answered, curator):
    address = DESK[page](answered)
    planted(PLAIN)
    before = skeleton(curator, address)
    # A mark in an approved answer is one that its form asks about.
    tried = [words for words in payloads() if "[1" not in words]
    for words in tried[list(DESK).index(page) % 4 :: 4]:
        planted(words)
        after = skeleton(curator, address)
        assert after.tags == before.tags, words
        assert abroad(after.links) == abroad(before.links), words
