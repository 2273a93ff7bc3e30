"""What a remote embedder is sent."""

import pytest

from archive.embedding.openai_compatible import Endpoint, OpenAICompatible
from concierge.redaction.embedded import speaking_with
from concierge.redaction.facts import Facts
from concierge.redaction.known import Known
from concierge.redaction.veil import Veil
from tests.embedding_endpoint import EmbeddingEndpoint

pytestmark = pytest.mark.django_db  # what process memory keeps asks whether somebody was forgotten


@pytest.fixture
def endpoint():
    with EmbeddingEndpoint() as endpoint:
        yield endpoint


@pytest.fixture
def embedder(endpoint):
    return OpenAICompatible("small", Endpoint(endpoint.url, "a-key"))


def test_a_question_is_embedded_without_what_is_personal(endpoint, embedder):
    veil = Veil([Known("name", "Anna Dürr")], Facts.of(codes=["4006381333931"]))
    with speaking_with(veil):
        embedder.embed_query("Dürr, a@b.fr: is 4006381333931 in stock?")
        embedder.embed_documents(["Is it for Anna Dürr?"])
    assert endpoint.texts == [", : is 4006381333931 in stock?", "Is it for ?"]


def test_outside_a_turn_what_has_a_form_is_left_out_all_the_same(endpoint, embedder):
    embedder.embed_query("My name is Anna Dürr, call +33 6 39 98 11 22")
    assert endpoint.texts == ["My name is , call"]


def test_of_a_passage_addresses_are_left_out_and_references_are_not(endpoint, embedder):
    embedder.embed_documents(["Anna Dürr wrote from a@b.fr of order 4006381333931 in 1934."])
    assert endpoint.texts == ["Anna Dürr wrote from of order 4006381333931 in 1934."]
