"""A house with one document and one piece, answers in every state, and a model on this machine.

The fixtures of the chat and of the browser, imported by their conftests.
"""

import uuid

import pytest
from django.conf import settings

from concierge.answering.turn import Cited, Reply, Source, Step

TEXT = (
    "The first square\n\n"
    "The workshop opened in 1921 with two tables.\n"
    "Ottoline drew the kingfisher on the terrace in May. It was printed in nine colours.\n\n"
    "The second square\n\n"
    "Nobody remembers who drew the second.\n"
)
QUOTED = "Ottoline drew the kingfisher on the terrace in May."


async def grown(row):
    """The answer that `row` is at, growing."""
    from archive.threads import in_thread
    from concierge.chat.growing import Growing
    from concierge.chat.stream import attempt_at

    return Growing(row, await in_thread(attempt_at)(row))


async def show(growing, text: str) -> None:
    """Let readers see the growing answer as `text`."""
    growing.text = text
    await growing.flush()


@pytest.fixture
def version(brand):
    """Two pages, two headings; the quoted words are on the first page, under the first."""
    from archive.models import Document, DocumentVersion

    document = Document.objects.create(
        brand=brand, key="square.md", title="Notes on a square", kind="craft_note", date="1934-05"
    )
    second = TEXT.index("The second square")
    version = DocumentVersion.objects.create(
        document=document,
        number=1,
        content_hash="0" * 64,
        text=TEXT,
        pages=[
            {"number": 4, "start": 0, "end": second},
            {"number": 5, "start": second, "end": 999},
        ],
        headings=[
            {"level": 1, "start": 0, "end": len("The first square")},
            {"level": 1, "start": second, "end": second + len("The second square")},
        ],
        file_name="square.md",
        media_type="text/markdown",
    )
    document.current = version
    document.status = "published"
    document.save()
    return version


@pytest.fixture
def product(brand):
    from catalog.models import Product, Variant

    product = Product.objects.create(
        brand=brand,
        key="square",
        title="The Kingfisher square",
        description="Silk twill, ninety centimetres.",
        images=[{"url": "/static/chat/concierge.svg", "alt": "A square of silk"}],
    )
    for position, (name, price, quantity) in enumerate([("Blue", 390, 5), ("Green", 420, 0)]):
        Variant.objects.create(
            product=product,
            key=name,
            title=name,
            position=position,
            price=price,
            currency="EUR",
            quantity=quantity,
            availability="in_stock" if quantity else "out_of_stock",
        )
    return product


@pytest.fixture
def offered(product):
    """The piece as search finds it."""
    from catalog.embed import embed_missing
    from catalog.search import refresh

    embed_missing(product.brand)
    refresh(product.brand_id)
    return product


@pytest.fixture
def reply(version, product):
    """An answer that quotes the document once and shows the piece."""
    start = TEXT.index(QUOTED)
    source = Source(
        number=1,
        title="Notes on a square",
        text=QUOTED,
        document_id=version.document_id,
        version_id=version.pk,
        passage_id=None,
        start=start,
        page=4,
    )
    return Reply(
        text=f"> {QUOTED} [1]",
        citations=(Cited(1, source, start, start + len(QUOTED), QUOTED),),
        product_ids=(product.pk,),
        rung="extractive",
        steps=(Step("extractive", "answered", ms=3),),
        timings_ms={"answer": 3},
    )


@pytest.fixture
def person(brand):
    """Somebody known by their cookie."""
    from concierge.clients.models import Visitor

    return Visitor.objects.create(brand=brand, browser=uuid.uuid4())


@pytest.fixture
def pending(brand, person):
    """An answer nobody has begun."""
    from concierge.chat.ask import Question, accept

    question = Question(uuid.uuid4(), "Who drew the kingfisher?", uuid.uuid4())
    answer, _ = accept(brand, person, question)
    return answer


@pytest.fixture
def held(pending):
    """The same, held by this process."""
    from concierge.chat.hold import claim

    return claim(pending.pk)


@pytest.fixture
def answered(held, reply):
    """The same, answered."""
    from concierge.chat.hold import complete

    complete(held, reply)
    held.refresh_from_db()
    return held


@pytest.fixture
def browser(person):
    """That person's browser."""
    from django.test import Client

    from concierge.clients.visitors import KEY

    client = Client()
    session = client.session
    session[KEY] = str(person.browser)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def embedded(version):
    """The document as search finds it: one passage with its vector."""
    from archive.embedding import current_embedder
    from archive.models import Passage, PassageEmbedding
    from archive.search import refresh

    passage = Passage.objects.create(
        brand=version.document.brand,
        document=version.document,
        version=version,
        number=0,
        start=0,
        end=len(version.text),
        text=version.text,
        title=version.document.title,
        page=4,
        language="en",
        words=len(version.text.split()),
    )
    embedder = current_embedder()
    [vector] = embedder.embed_documents([version.text])
    PassageEmbedding.objects.create(
        brand=passage.brand, passage=passage, model=embedder.model, vector=vector
    )
    refresh(passage.brand_id)
    return passage


@pytest.fixture(scope="session")
def served_provider():
    from tests.fake_provider import FakeProvider

    with FakeProvider() as provider:
        yield provider


@pytest.fixture
def provider(served_provider, settings):
    """The house's only model, on this machine."""
    served_provider.requests.clear()
    served_provider.scripts.clear()
    settings.LLM_ORDER = ["openai"]
    settings.LLM_PROVIDERS = {
        "openai": {
            "adapter": "concierge.llm.openai.OpenAI",
            "api_key": "a-key",
            "base_url": served_provider.openai_url,
            "model": "gpt-5-mini",
            "api": "chat",
        }
    }
    return served_provider
