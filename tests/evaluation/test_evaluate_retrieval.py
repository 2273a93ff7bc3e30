import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import Brand, Passage
from archive.search import search_passages
from archive.viewer import Viewer
from catalog.models import Product

CORPUS = [
    {"_id": "heron", "title": "Motifs > The Heron", "text": "Drawn at the Pérouges ponds in 1934."},
    {"_id": "care", "title": "Care", "text": "Silk is washed by hand in cool water."},
    {"_id": "tokyo", "title": "", "text": "The shop in Tokyo opened in October 1988."},
    {"_id": "empty", "title": "", "text": ""},
]
QUERIES = [
    {"_id": "q1", "text": "when did the Tokyo shop open"},
    {"_id": "q2", "text": "how do I clean a scarf"},
    {"_id": "q3", "text": "nobody judged this"},
]
JUDGED = [("q1", "tokyo", 1), ("q2", "care", 1), ("q3", "care", 0)]
FEED = """\
id	title	description	brand	price	availability	condition	link	image_link
s1	Silk carré Heron	Printed twill scarf	Sérance	390.00 EUR	in_stock	new	https://s.example/1	https://s.example/1.jpg
b1	Relais bag	Bridle leather	Sérance	2450.00 EUR	in_stock	new	https://s.example/2	https://s.example/2.jpg
"""


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def judgements(rows):
    named = "query-id\tcorpus-id\tscore\n"
    return named + "".join(f"{query}\t{entry}\t{grade}\n" for query, entry, grade in rows)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(lines(CORPUS))
    (tmp_path / "queries.jsonl").write_text(lines(QUERIES))
    (tmp_path / "qrels" / "dev.tsv").write_text(judgements(JUDGED))
    return tmp_path


@pytest.fixture
def feed(folder):
    (folder / "corpus.jsonl").unlink()
    (folder / "feed.tsv").write_text(FEED)
    (folder / "queries.jsonl").write_text(lines([{"_id": "q1", "text": "leather bag"}]))
    (folder / "qrels" / "dev.tsv").write_text(judgements([("q1", "b1", 3), ("q1", "s1", 0)]))
    return folder


def evaluated(folder, where, *words):
    output = StringIO()
    call_command("evaluate_retrieval", str(folder), "--in", where, "--json", *words, stdout=output)
    return json.loads(output.getvalue())


pytestmark = pytest.mark.django_db


def test_figures_are_of_the_judged_queries_and_latency_of_all(folder):
    told = evaluated(folder, "archive")
    assert (told["queries"], told["judged"]) == (3, 2)
    assert told["ndcg@10"] == told["recall@1"] == told["mrr@10"] == 1.0
    assert told["p95_ms"] >= told["p50_ms"] > 0


def test_labelled_questions_are_told_apart(folder):
    labelled = [
        {"_id": "q1", "text": "when did the Tokyo shop open", "answerability": ["ANSWERABLE"]},
        {"_id": "q2", "text": "who won the football final", "answerability": ["UNANSWERABLE"]},
        {"_id": "q3", "text": "who won the rugby final", "answerability": ["PARTIAL"]},
    ]
    (folder / "queries.jsonl").write_text(lines(labelled))
    told = evaluated(folder, "archive")
    assert (told["auroc"], told["refused_at_95"]) == (1.0, 1.0)


def test_nothing_is_said_of_questions_without_labels(folder):
    assert not {"auroc", "refused_at_95"} & evaluated(folder, "archive").keys()


def test_the_catalogue_is_measured_through_its_own_import(feed):
    told = evaluated(feed, "catalog")
    assert (told["judged"], told["ndcg@10"]) == (1, 1.0)
    assert Product.objects.filter(brand__slug=told["brand"]).count() == 2


def test_a_corpus_is_brought_in_once(folder):
    first = evaluated(folder, "archive")["brand"]
    written = list(Passage.objects.values_list("pk", flat=True))
    assert evaluated(folder, "archive")["brand"] == first
    assert list(Passage.objects.values_list("pk", flat=True)) == written


def test_a_changed_corpus_is_another_brand(folder):
    first = evaluated(folder, "archive")["brand"]
    (folder / "corpus.jsonl").write_text(lines(CORPUS[1:]))
    assert evaluated(folder, "archive")["brand"] != first


def test_a_brand_made_of_the_same_corpus_by_older_code_goes(folder):
    slug = evaluated(folder, "archive")["brand"]
    Brand.objects.filter(slug=slug).update(slug=f"{slug[:18]}older")
    assert evaluated(folder, "archive")["brand"] == slug
    assert not Brand.objects.filter(slug__endswith="older").exists()


def test_a_scratch_brand_has_no_page_and_nothing_for_clients(folder):
    brand = Brand.objects.get(slug=evaluated(folder, "archive")["brand"])
    assert not brand.public
    assert search_passages(Viewer.reading(brand.pk, "advisor"), "tokyo shop") == []


def test_a_conversation_is_searched_for_with_what_was_said(folder):
    turns = [
        {"role": "user", "text": "Tell me about the Tokyo shop"},
        {"role": "assistant", "text": "It is in Marunouchi."},
        {"role": "user", "text": "And when?"},
    ]
    asked = [{"_id": "q1", "text": "And when?", "turns": turns}]
    (folder / "queries.jsonl").write_text(lines(asked))
    assert evaluated(folder, "archive")["recall@1"] == 1.0


def test_a_run_file_has_the_rankings_in_the_form_of_trec(folder, tmp_path):
    run = tmp_path / "run.txt"
    evaluated(folder, "archive", "--run", str(run))
    rows = [row.split() for row in run.read_text().splitlines()]
    assert rows[0][:4] == ["q1", "Q0", "tokyo", "1"]
    assert {len(row) for row in rows} == {6}
    assert [row[3] for row in rows if row[0] == "q1"] == ["1", "2", "3"]


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/dev.tsv"])
def test_a_missing_file_is_one_sentence(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(CommandError, match=missing.split("/")[0]):
        evaluated(folder, "archive")


@pytest.mark.parametrize("content", ["{not json}\n", '["a list"]\n', '{"text": "no id"}\n'])
def test_a_row_that_cannot_be_read_is_named(folder, content):
    (folder / "queries.jsonl").write_text(content)
    with pytest.raises(CommandError, match=r"queries\.jsonl, line 1"):
        evaluated(folder, "archive")


def test_a_grade_that_is_no_number_is_named(folder):
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ttokyo\tgood\n")
    with pytest.raises(CommandError, match=r"dev\.tsv, line 2"):
        evaluated(folder, "archive")


def test_an_entry_that_is_there_twice_is_named(folder):
    (folder / "corpus.jsonl").write_text(lines([CORPUS[0], CORPUS[0]]))
    with pytest.raises(CommandError, match="heron is there twice"):
        evaluated(folder, "archive")
    assert not Brand.objects.filter(slug__startswith="eval-").exists()


def test_steps_can_be_left_out(folder):
    told = evaluated(folder, "archive", "--without", "meaning,rerank")
    assert told["without"] == ["meaning", "rerank"]
    assert told["recall@1"] == 0.5  # no passage on care holds a word of the question


def test_a_step_that_is_none_is_refused_with_those_there_are(folder):
    with pytest.raises(CommandError, match=r"the steps are .*rerank"):
        evaluated(folder, "archive", "--without", "magic")
