"""A document with a text, and people of the console who may do some things and not others."""

import pytest


@pytest.fixture
def make(brand):
    """A document with one passage, under a key of its own."""

    from archive.models import Document, DocumentVersion, Passage

    def make(key, status="draft", text="It stands in the water.", **fields):
        fields = {"title": key.title(), "brand": brand} | fields
        document = Document.objects.create(key=key, status=status, **fields)
        version = DocumentVersion.objects.create(
            document=document, number=1, text=text, file_name=f"{key}.md", content_hash="0" * 64
        )
        Passage.objects.create(
            brand=document.brand, document=document, version=version, number=0,
            start=0, end=len(text), text=text, title=document.title, language=document.language,
        )  # fmt: skip
        document.current = version
        document.save()
        return document

    return make


@pytest.fixture
def paris(brand):
    """The house, in Paris."""
    brand.time_zone = "Europe/Paris"
    brand.save()
    return brand


@pytest.fixture
def document(make):
    return make("heron", title="The Heron")


@pytest.fixture
def cite(brand):
    """An answer that rests on a document, in a conversation of its own."""
    from concierge.chat.models import Citation, Conversation, Message
    from concierge.clients.models import Visitor

    def cite(document, question="Where does the heron stand?"):
        visitor = Visitor.objects.create(brand=brand)
        conversation = Conversation.objects.create(brand=brand, visitor=visitor)
        asked = Message.objects.create(
            conversation=conversation, number=1, role="client", text=question
        )
        answer = Message.objects.create(
            conversation=conversation, number=2, role="concierge", text="[1]", question=asked
        )
        Citation.objects.create(
            message=answer, number=1, version=document.current, start=0, end=2, cited_text="It"
        )
        return answer

    return cite


@pytest.fixture
def ines(django_user_model, db):
    """The archivist, as a row."""
    return django_user_model.objects.create_user(
        "ines", first_name="Inès", last_name="Carvalho", is_staff=True
    )


@pytest.fixture
def allow(advisor):
    """Give the advisor these permissions of the archive; their browser."""
    from django.contrib.auth.models import Permission, User

    def allow(*names):
        granted = Permission.objects.filter(content_type__app_label="archive", codename__in=names)
        User.objects.get(username="advisor").user_permissions.set(granted)
        return advisor

    return allow
