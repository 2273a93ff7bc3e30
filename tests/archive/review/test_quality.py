"""What may be wrong with a document, and what it has been good for."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from archive.models import Alike, Drop, Likeness, Passage
from archive.review.odd import odd
from archive.review.personal import masked, personal
from archive.review.quality import quality


def kinds(text):
    return [(each.kind, text[each.start : each.end]) for each in personal(text)]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("email", "ines.carvalho@archives.serance.example"),
        ("telephone", "+33 4 78 00 11 22"),
        ("telephone", "04 78 00 11 22"),
        ("telephone", "020 7946 0018"),
        ("telephone", "03-3212-0018"),
        ("telephone", "(212) 555-0147"),
        ("telephone", "+81-3-3212-0018"),
        ("iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("iban", "IT60X0542811101000000123456"),
        ("card", "4111 1111 1111 1111"),
        ("card", "3782-822463-10005"),
        ("address", "14, montée des Fileuses, 69001 Lyon"),
        ("address", "9 Ambry Row, London W1K 4AB"),
        ("address", "〒100-0005"),
    ],
)
def test_what_has_the_form_of_personal_data_is_found(kind, written):
    assert kinds(f"Write to {written} before noon.") == [(kind, written)]


@pytest.mark.parametrize(
    "text",
    [
        "Founded in 1889, rebuilt in 1911, 31 screens in 1957.",
        "Carré 90 x 90 cm, EUR 390, reference 0012-3456-78.",
        "Numbered 1 to 500, and 4,118 designs in 611 books.",
        "ISBN 978-2-07-036822-8",
        "EAN 4006381333931",
        "2024-10-02 to 2025-01-15, 10:30-18:00",
        "FR76 3000 6000 0112 3456 7890 188",  # its check digits are wrong
        "4111 1111 1111 1112",
        "1 200 000 francs and 12 000 metres",
        "SKU 210-24-TAM-0098",
        "@serance on every network",
    ],
)
def test_the_facts_of_a_house_are_left_alone(text):
    assert kinds(text) == []


def test_what_is_found_can_be_hidden():
    assert masked("Mail a@b.example or call 04 78 00 11 22.") == "Mail [email] or call [telephone]."


def test_odd_characters_are_counted_and_shown_in_their_place():
    found = odd("The h\ufffdron, the h\ufffdron and the caf\u00c3\u00a9.")
    assert [(each.what, each.count) for each in found] == [
        ("U+FFFD, Replacement character", 2),
        ("Letters read in the wrong alphabet", 1),
    ]
    place = found[0].places[0]
    assert (place.before, place.meant, place.after[:4]) == ("The h", "\ufffd", "ron,")


@pytest.mark.parametrize(
    "text", ["", "Œuvre, naïveté, Zürich — « 12 € »", "ロンドン、帽子", "a\tb\nc"]
)
def test_ordinary_characters_are_not_odd(text):
    assert odd(text) == []


@pytest.fixture
def long(make):
    """A document of many passages, in two languages."""
    document = make("book", text="The heron stands in the water. " * 4000)
    document.passages.all().delete()
    Passage.objects.bulk_create(
        Passage(
            brand=document.brand, document=document, version=document.current, number=number,
            start=number * 20, end=number * 20 + 20, text="It stands in the water.",
            words=10 if number % 10 == 0 else 120, language="fr" if number % 2 else "en",
        )
        for number in range(5000)
    )  # fmt: skip
    return document


@pytest.mark.django_db
def test_a_long_document_takes_as_few_queries_as_a_short_one(long, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        seen = quality(long)
    assert (seen.passages.count, seen.passages.short) == (5000, 500)
    assert {code: count for code, count, _ in seen.languages} == {"en": 2500, "fr": 2500}


@pytest.mark.django_db
def test_copies_drops_and_missing_pages_are_told(make):
    document, other = make("heron"), make("heron-copy")
    likeness = Likeness.objects.create(brand=document.brand, kind="near")
    for each in (document, other):
        Alike.objects.create(likeness=likeness, document=each, containment=0.9)
    Drop.objects.create(
        document=document, rule="running_head", value="on 7 of 9 pages", text="Maison",
        fingerprint="a", count=7,
    )  # fmt: skip
    document.versions.update(unread_pages=[2, 3], pages=[{"number": 1, "start": 0, "end": 23}])
    document.current.refresh_from_db()
    seen = quality(document)
    assert [each.document for each in seen.alike] == [other]
    assert [(each.rule, each.count, each.times) for each in seen.left_out] == [
        ("running_head", 1, 7)
    ]
    assert (seen.unread, seen.pages) == ((2, 3), 3)


@pytest.mark.django_db
class TestPage:
    def address(self, document):
        return reverse("admin:archive_document_quality", args=[document.pk])

    def test_what_was_left_out_is_named_in_words_and_can_be_seen(self, curator, make):
        document = make("heron")
        Drop.objects.create(
            document=document, rule="running_head", value="on 7 of 9 pages", text="Maison",
            fingerprint="a", count=7,
        )  # fmt: skip
        page = curator.get(self.address(document)).content.decode()
        assert "Running heads" in page
        assert reverse("admin:archive_drop_document", args=[document.pk]) in page

    def test_it_says_what_to_look_at_first(self, curator, make):
        document = make("letter", text="Write to ines@serance.example. The h\ufffdron.")
        page = curator.get(self.address(document)).text
        assert "It seems to hold 1 address of mail." in page
        assert "1 odd character." in page
        assert "<mark>ines@serance.example</mark>" in page
        assert page.index("It seems to hold") < page.index("No other document says the same.")

    def test_a_document_without_text_has_a_page_too(self, curator, brand):
        from archive.models import Document

        empty = Document.objects.create(brand=brand, key="a", title="Empty")
        assert "nobody can find it" in curator.get(self.address(empty)).text

    def test_the_questions_it_answered_are_shown_without_who_asked(self, curator, document, cite):
        cite(document, "I am at lea@mail.example: where does the heron stand?")
        page = curator.get(self.address(document)).text
        assert "1 question answered with it." in page
        assert "I am at [email]: where does the heron stand?" in page

    def test_questions_are_read_by_those_who_may(self, allow, document, cite):
        cite(document, "Where does the heron stand?")
        advisor = allow("view_document")
        page = advisor.get(self.address(document)).text
        assert "1 question." in page
        assert "Where does the heron stand?" not in page
        may = Permission.objects.get(codename="view_message")
        User.objects.get(username="advisor").user_permissions.add(may)
        assert "Where does the heron stand?" in advisor.get(self.address(document)).text

    def test_it_is_for_those_who_may_see_documents(self, advisor, visitor, curator, document):
        assert advisor.get(self.address(document)).status_code == 403
        assert visitor.get(self.address(document)).status_code == 302
        assert curator.post(self.address(document)).status_code == 405
        assert curator.get("/admin/archive/document/999999/quality/").status_code == 404
