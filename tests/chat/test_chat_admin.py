import pytest

from concierge.chat.models import Card, Citation, Conversation, Message

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = ("conversation", "message", "citation", "card")


@pytest.mark.parametrize("kind", LISTS)
def test_a_curator_sees_the_list(curator, answered, kind):
    assert curator.get(f"/admin/chat/{kind}/").status_code == 200


def test_a_curator_reads_a_conversation(curator, answered):
    page = curator.get(f"/admin/chat/conversation/{answered.conversation_id}/change/")
    assert page.status_code == 200
    assert answered.question.text in page.content.decode()


@pytest.mark.parametrize("model", [Conversation, Message, Citation, Card])
def test_every_detail_opens_and_cannot_be_rewritten(curator, answered, model):
    row = model.objects.first()
    assert row is not None
    path = f"/admin/chat/{model._meta.model_name}/{row.pk}/change/"
    assert curator.get(path).status_code == 200
    assert curator.post(path, {}).status_code == 403


@pytest.mark.parametrize("kind", LISTS)
def test_staff_without_permission_see_nothing(advisor, answered, kind):
    assert advisor.get(f"/admin/chat/{kind}/").status_code == 403


@pytest.mark.parametrize("kind", LISTS)
def test_a_visitor_is_sent_to_sign_in(visitor, kind):
    assert visitor.get(f"/admin/chat/{kind}/").status_code == 302
