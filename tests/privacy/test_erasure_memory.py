import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from archive.embedding import current_embedder
from concierge.answering.folding import folded
from concierge.answering.reading import read
from concierge.clients import forgotten, keys
from concierge.privacy.erasure_memory import HEARD

# What is kept of the house's own: files of the product, prompts, voices, models, connections,
# single letters; and MiniLM's last questions, which `forget_questions` lets go of.
OF_THE_HOUSE = {
    ("archive.door", "Door.to"),
    ("archive.rerank", "months"),
    ("concierge.approved.match", "said_to"),
    ("archive.tongues.dictionary", "by_stem"),
    ("archive.tongues.dictionary", "forms"),
    ("archive.embedding.choice", "chosen"),
    ("archive.embedding.discretion", "named"),
    ("archive.embedding.minilm", "MiniLM._recent"),
    ("archive.embedding.sketch", "directions"),
    ("archive.judge", "chosen"),
    ("concierge.accounts.window", "_server"),
    ("concierge.answering.compose", "template"),
    ("concierge.answering.lexicon", "forms"),
    ("concierge.answering.spelled", "spellings"),
    ("concierge.answering.withhold", "prompts"),
    ("concierge.clients.wording", "merged"),
    ("concierge.clients.wording", "read"),
    ("concierge.operations.health", "warmed"),
    ("concierge.redaction.folded", "bare"),
    ("concierge.redaction.names", "made"),
    ("concierge.redaction.recognise", "added"),
    ("concierge.voice.lexicon", "_avoided"),
    ("concierge.voice.lexicon", "_words"),
    ("concierge.voice.terms", "_ends"),
    ("concierge.voice.terms", "any_alone"),
    ("concierge.voice.terms", "any_of"),
    ("concierge.voice.terms", "as_written"),
    ("concierge.voice.terms", "signs"),
}


def kept():
    """(module, function) of whatever keeps what it was asked, by functools."""
    for root in ("archive", "catalog", "concierge"):
        for path in (Path(settings.BASE_DIR) / root).rglob("*.py"):
            module = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
            yield from ((module, name) for name in kept_in(ast.parse(path.read_text())))


def kept_in(tree, within=""):
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from kept_in(node, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            named = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            marks = {
                name.id
                for each in node.decorator_list
                for name in ast.walk(each)
                if isinstance(name, ast.Name)
            }
            if marks & {"lru_cache", "cache"}:
                if node.args.args or node.args.kwonlyargs:
                    yield f"{within}{node.name}"
            elif "lru_cache" in named:
                yield f"{within}{node.name}"


def test_whatever_keeps_words_in_memory_lets_go_of_them():
    heard = {(module, name) for module, names in HEARD.items() for name in names}
    unknown = set(kept()) - heard - OF_THE_HOUSE
    assert not unknown, "say in concierge/privacy/erasure_memory.py that these forget: " + str(
        sorted(unknown)
    )


def test_nothing_is_named_that_keeps_nothing():
    heard = {(module, name) for module, names in HEARD.items() for name in names}
    assert (heard | OF_THE_HOUSE) - set(kept()) == set()


def test_words_that_were_read_are_forgotten():
    folded("Quillfeather")
    read("Who was Quillfeather?", "en")
    forgotten.tell()
    assert folded.cache_info().currsize == read.cache_info().currsize == 0


@pytest.mark.django_db
def test_the_vector_of_a_question_and_the_key_of_its_person_are_forgotten(person):
    embedder = current_embedder()
    embedder.embed_query("Who was Quillfeather?")
    keys.seal("words", person.pk, "here")
    keys.kept.keep(person.pk, b"k" * 32)
    forgotten.tell()
    assert "_recent" not in embedder.__dict__
    assert keys.kept.get(person.pk) is None


def test_another_process_hears_of_it_at_its_next_look():
    forgotten.look(now=100.0)
    folded("Quillfeather")
    cache.add(forgotten.COUNT, 0, None)
    cache.incr(forgotten.COUNT)
    assert not forgotten.look(now=101.0)
    assert forgotten.look(now=103.0)
    assert folded.cache_info().currsize == 0
    assert not forgotten.look(now=106.0)
