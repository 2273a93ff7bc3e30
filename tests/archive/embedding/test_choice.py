import pytest

from archive.embedding import EmbeddingError, current_embedder
from archive.embedding.choice import Choice, chosen, wanted

pytestmark = pytest.mark.django_db


def test_minilm_is_the_default():
    assert current_embedder().model == "all-MiniLM-L6-v2"


def test_a_process_has_one_embedder():
    assert current_embedder() is current_embedder()


def test_a_forked_process_gets_its_own_embedder():
    assert chosen(Choice("minilm"), "", 1) is not chosen(Choice("minilm"), "", 2)


@pytest.mark.parametrize("name", ["", "openai", "openai:", "word2vec"])
def test_an_unknown_embedder_is_refused_in_one_sentence(name):
    with pytest.raises(EmbeddingError, match="EMBEDDER is"):
        Choice(name).made()


def test_an_endpoint_asked_for_dimensions_keeps_its_vectors_apart(settings):
    settings.EMBEDDER_DIMENSIONS = 256
    settings.EMBEDDER = "openai:small"
    assert wanted().made().model == "small@256"


def test_fastembed_that_is_not_installed_says_how_to_go_on(tmp_path):
    pytest.importorskip("onnxruntime")
    embedder = Choice("fastembed:BAAI/bge-small-en-v1.5").made()
    try:
        import fastembed  # noqa: F401
    except ImportError:
        with pytest.raises(EmbeddingError, match="pip install fastembed"):
            embedder.embed_query("heron")
    else:
        pytest.skip("fastembed is installed")
