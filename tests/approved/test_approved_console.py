from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from concierge.approved.models import ApprovedAnswer, Quotation, Status, Wording, WordingEmbedding
from concierge.gaps.models import Gap
from concierge.gaps.models import Status as GapStatus

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/approved/approvedanswer/"
WORDS = "Never wring it"


def allow(*names):
    """Give the advisor these permissions."""
    permissions = Permission.objects.filter(codename__in=names)
    User.objects.get(username="advisor").user_permissions.set(permissions)


def rows(prefix, rows, initial=0):
    held = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        held |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return held


def given(brand, questions=("How do I wash a silk scarf?",), quotations=(), pieces=(), **fields):
    said = {"brand": brand.pk, "text": "By hand.", "language": "en", "audience": "public"}
    return (
        said
        | rows("wordings", [{"text": each, "language": "en"} for each in questions])
        | rows("quotations", quotations)
        | rows("shown_pieces", pieces)
        | fields
    )


def add(browser, *args, **fields):
    return browser.post(f"{LIST}add/", given(*args, **fields), follow=True).content.decode()


def test_a_curator_writes_one_and_makes_it_live(curator, brand):
    page = add(curator, brand, ("How do I wash silk?", "Washing silk"))
    assert "Make it live" in page
    answer = ApprovedAnswer.objects.get()
    assert (answer.status, answer.author.username) == (Status.DRAFT, "curator")
    assert WordingEmbedding.objects.count() == 2
    page = curator.post(f"{LIST}{answer.pk}/live/", follow=True).content.decode()
    assert "It is live: 2 questions and those near are answered by it." in page
    answer.refresh_from_db()
    assert (answer.status, answer.live_since is None) == (Status.LIVE, False)


def test_it_is_taken_back_to_a_draft(curator, approve):
    answer = approve()
    page = curator.post(f"{LIST}{answer.pk}/draft/", follow=True).content.decode()
    assert "It is a draft again, and no longer said." in page
    answer.refresh_from_db()
    assert (answer.status, answer.live_since) == (Status.DRAFT, None)


def test_it_needs_a_question(curator, brand):
    assert "Write at least one question that it answers." in add(curator, brand, ())
    assert not ApprovedAnswer.objects.exists()


@pytest.mark.parametrize("code", ["zz", "klingon", "e", "--"])
def test_what_is_no_language_is_refused(curator, brand, code):
    said = given(brand) | {"language": code, "wordings-0-language": code}
    page = curator.post(f"{LIST}add/", said, follow=True).content.decode()
    assert page.count(f"“{code}” is no language: write en, fr, it, de.") == 2
    assert not ApprovedAnswer.objects.exists()


def test_its_language_is_chosen_from_a_list(curator, brand):
    page = curator.get(f"{LIST}add/").content.decode()
    assert '<select name="language"' in page
    assert '<select name="wordings-0-language"' in page


def test_a_question_stands_once(curator, brand):
    page = add(curator, brand, ("Who drew it?", "who drew it"))
    assert "The same words stand above already." in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "It has no answer yet."),
        ({"expires": timezone.now() - timedelta(days=1)}, "It has expired."),
        ({"text": "By hand [1]."}, "[1] marks no quotation."),
    ],
)
def test_what_is_not_whole_is_not_made_live(curator, approve, change, said):
    answer = approve(status=Status.DRAFT, **change)
    page = curator.post(f"{LIST}{answer.pk}/live/", follow=True).content.decode()
    assert f"It stays a draft. {said}" in page
    answer.refresh_from_db()
    assert answer.status == Status.DRAFT


def test_quoted_words_are_kept_as_they_stand_in_the_document(curator, brand, archive):
    document = archive["care"].document
    quoted = {"number": 1, "document": document.pk, "cited_text": "Never\n wring   it"}
    add(curator, brand, quotations=[quoted], text="By hand [1].")
    kept = Quotation.objects.get()
    assert kept.cited_text == WORDS
    assert kept.version.text[kept.start : kept.end] == WORDS
    assert kept.version_id == document.current_id


def test_words_that_do_not_stand_in_the_document_are_refused(curator, brand, archive):
    document = archive["care"].document
    quoted = {"number": 1, "document": document.pk, "cited_text": "Always wring it"}
    page = add(curator, brand, quotations=[quoted])
    assert "These words do not stand in “Care of silk”." in page
    assert not ApprovedAnswer.objects.exists()


def test_a_mark_needs_its_quotation(curator, brand):
    page = add(curator, brand, text="By hand [2].")
    assert "The answer marks [2], which no quotation has." in page


def test_another_brands_document_and_piece_are_refused(curator, other_brand, archive, brand):
    from catalog.models import Product

    quoted = {"number": 1, "document": archive["care"].document_id, "cited_text": WORDS}
    product = Product.objects.create(brand=brand, key="c", title="Carré")
    pieces = [{"product": product.pk, "position": 0}]
    page = add(curator, other_brand, quotations=[quoted], pieces=pieces)
    assert page.count("It belongs to another brand.") == 2


def test_what_fewer_may_read_than_may_be_told_is_not_made_live(curator, approve, quote, archive):
    from archive.models import Document

    answer = approve(status=Status.DRAFT, text="By hand [1].")
    quote(answer, archive["care"], WORDS)
    Document.objects.filter(pk=archive["care"].document_id).update(audience="advisor")
    page = curator.post(f"{LIST}{answer.pk}/live/", follow=True).content.decode()
    assert "“Care of silk” is not shown to everyone who may be told this answer." in page
    ApprovedAnswer.objects.update(audience="advisor")
    page = curator.post(f"{LIST}{answer.pk}/live/", follow=True).content.decode()
    assert "It is live" in page


def test_a_live_one_is_not_emptied(curator, brand, approve):
    answer = approve()
    wording = answer.wordings.get()
    said = given(brand, text="") | rows(
        "wordings",
        [{"id": wording.pk, "answer": answer.pk, "text": wording.text, "language": "en"}],
        initial=1,
    )
    page = curator.post(f"{LIST}{answer.pk}/change/", said).content.decode()
    assert "It is live: take it back to a draft to empty it." in page


def test_saving_keeps_the_hits_counted_meanwhile(curator, brand, approve):
    answer = approve()
    ApprovedAnswer.objects.filter(pk=answer.pk).count_hit()
    wording = answer.wordings.get()
    said = given(brand, text="With water.") | rows(
        "wordings",
        [{"id": wording.pk, "answer": answer.pk, "text": "Washing?", "language": "en"}],
        initial=1,
    )
    assert curator.post(f"{LIST}{answer.pk}/change/", said).status_code == 302
    answer.refresh_from_db()
    assert (answer.text, answer.hits) == ("With water.", 1)
    assert Wording.objects.get().text == "Washing?"
    assert WordingEmbedding.objects.count() == 1


def test_the_list_shows_the_most_used_first_and_what_it_is_narrowed_to(curator, approve):
    approve("Do you ship to Japan?", status=Status.DRAFT)
    used = approve("How do I wash silk?")
    ApprovedAnswer.objects.filter(pk=used.pk).count_hit()
    page = curator.get(LIST).content.decode()
    assert page.index("How do I wash silk?") < page.index("Do you ship to Japan?")
    page = curator.get(f"{LIST}?status__exact=draft").content.decode()
    assert "How do I wash silk?" not in page
    assert "How do I wash silk?" in curator.get(f"{LIST}?q=wash").content.decode()


def test_an_empty_list_says_how_to_begin(curator):
    assert "No approved answer yet." in curator.get(LIST).content.decode()


def test_what_is_live_and_not_said_is_listed(curator, approve, quote, archive):
    from archive.models import Document

    approve("Do you ship to Japan?")
    approve("Who drew it?", expires=timezone.now() - timedelta(days=1))
    quote(approve("How do I wash silk?"), archive["care"], WORDS)
    Document.objects.filter(pk=archive["care"].document_id).update(status="withdrawn")
    page = curator.get(f"{LIST}?attention=needed").content.decode()
    assert "2 live answers are not said" in page
    assert ("Who drew it?" in page, "How do I wash silk?" in page) == (True, True)
    assert "Do you ship to Japan?" not in page


def test_a_document_it_quotes_is_not_deleted(approve, quote, archive):
    from archive.review.uses import uses

    quote(approve(), archive["care"], WORDS)
    [use] = uses([archive["care"].document_id])[archive["care"].document_id]
    assert (use.said, use.holds) == ("1 approved answer", True)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How should I wash my silk scarf?", "Answers</span>"),
        ("How do I iron a silk scarf?", "What differs: a word that changes the meaning."),
        ("washing my old silk square in the laundry", "A model is told of it."),
        ("Who is the chairman?", "Too far"),
    ],
)
def test_a_question_is_tried(curator, brand, approve, question, said):
    approve()
    page = curator.get(f"{LIST}try/", {"q": question, "brand": brand.pk}).content.decode()
    assert said in page
    assert ("By hand, in cool water" in page) == (said == "Answers</span>")


def test_a_draft_is_tried_too_and_said_to_be_one(curator, brand, approve):
    approve(status=Status.DRAFT)
    asked = {"q": "How do I wash a silk scarf?", "brand": brand.pk, "audience": "client"}
    page = curator.get(f"{LIST}try/", asked).content.decode()
    assert ("Would answer" in page, "It is a draft." in page) == (True, True)
    assert "Not answered by the house" in page


def test_trying_counts_nothing(curator, brand, approve):
    approve()
    curator.get(f"{LIST}try/", {"q": "How do I wash a silk scarf?", "brand": brand.pk})
    assert ApprovedAnswer.objects.get().hits == 0


@pytest.mark.parametrize("act", ["live", "draft"])
def test_the_acts_are_posted_by_those_who_may_change(curator, advisor, visitor, approve, act):
    path = f"{LIST}{approve().pk}/{act}/"
    assert curator.get(path).status_code == 405
    assert advisor.post(path).status_code == 403
    assert visitor.post(path).status_code == 302
    allow("change_approvedanswer")
    assert advisor.post(path).status_code == 302
    assert curator.post(f"{LIST}0/{act}/").status_code == 404


def test_trying_is_for_those_who_may_see(curator, advisor, visitor):
    assert curator.get(f"{LIST}try/").status_code == 200
    assert curator.post(f"{LIST}try/").status_code == 405
    assert advisor.get(f"{LIST}try/").status_code == 403
    assert visitor.get(f"{LIST}try/").status_code == 302
    allow("view_approvedanswer")
    assert advisor.get(f"{LIST}try/").status_code == 200


def test_the_pages_are_for_those_who_may_see(advisor, visitor, approve):
    pages = (LIST, f"{LIST}add/", f"{LIST}{approve().pk}/change/")
    assert [advisor.get(page).status_code for page in pages] == [403, 403, 403]
    assert [visitor.get(page).status_code for page in pages] == [302, 302, 302]
    allow("view_approvedanswer")
    assert [advisor.get(page).status_code for page in pages] == [200, 403, 200]


@pytest.fixture
def gap(brand):
    return Gap.objects.create(
        brand=brand, question="Où livrez-vous ?", key="a", languages=["fr"], support=0.1
    )


def test_a_gap_begins_an_answer_and_is_closed_by_it(curator, gap):
    path = f"/admin/gaps/gap/{gap.pk}/"
    assert "Write the approved answer" in curator.get(f"{path}change/").content.decode()
    page = curator.post(f"{path}approve/", follow=True).content.decode()
    assert "Où livrez-vous ?" in page
    answer = ApprovedAnswer.objects.get()
    assert (answer.language, answer.status) == ("fr", Status.DRAFT)
    ApprovedAnswer.objects.update(text="Partout.")
    gap.refresh_from_db()
    assert gap.status == GapStatus.OPEN
    curator.post(f"{LIST}{answer.pk}/live/")
    gap.refresh_from_db()
    assert (gap.status, gap.settled_by.username) == (GapStatus.ANSWERED, "curator")


def test_a_gap_has_one_answer(curator, gap):
    path = f"/admin/gaps/gap/{gap.pk}/"
    first = curator.post(f"{path}approve/").url
    assert curator.post(f"{path}approve/").url == first
    assert "Go to the approved answer" in curator.get(f"{path}change/").content.decode()


def test_a_gaps_answer_is_begun_by_those_who_may(curator, advisor, visitor, gap):
    path = f"/admin/gaps/gap/{gap.pk}/approve/"
    assert curator.get(path).status_code == 405
    assert curator.post("/admin/gaps/gap/0/approve/").status_code == 404
    allow("view_gap")
    assert advisor.post(path).status_code == 403
    assert visitor.post(path).status_code == 302
    assert not ApprovedAnswer.objects.exists()
    allow("view_gap", "add_approvedanswer")
    assert advisor.post(path).status_code == 302


def test_it_is_deleted_with_all_that_is_its_own(curator, approve, quote, archive, gap):
    answer = approve()
    quote(answer, archive["care"], WORDS)
    Gap.objects.update(approved=answer)
    curator.post(f"{LIST}{answer.pk}/delete/", {"post": "yes"})
    assert not Wording.objects.exists()
    assert not Quotation.objects.exists()
    gap.refresh_from_db()
    assert (gap.approved, gap.status) == (None, GapStatus.OPEN)


def test_without_the_model_it_is_kept_and_the_curator_told(curator, brand, settings):
    settings.EMBEDDER = "nothing"
    page = add(curator, brand)
    assert "Until the embedding model answers, only the very words" in page
    assert Wording.objects.exists()
    assert not WordingEmbedding.objects.exists()


def test_that_there_is_none_yet_is_said_once(curator, brand):
    page = curator.get(LIST).content.decode()
    assert page.count("No approved answer yet") == 1
    assert "No results found" not in page


def test_a_search_that_finds_none_says_so(curator, approve):
    approve()
    assert "Nothing answers to this." in curator.get(LIST, {"q": "zanzibar"}).content.decode()
