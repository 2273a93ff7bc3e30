"""The import from the shell."""

import io

import pytest
from django.core.management import CommandError, call_command

GOOD = "id,title,price,availability\n1,Scarf,390 EUR,in stock\n"


@pytest.fixture
def run(brand, written):
    """A function that runs the command on a file of `content` and returns what it printed."""

    def act(content: str, *arguments: str) -> str:
        output = io.StringIO()
        path = written(content)
        call_command("import_catalog", str(path), "--brand", "maison", *arguments, stdout=output)
        return output.getvalue()

    return act


def test_the_counts_are_printed(run):
    told = run(GOOD)
    assert "feed.csv (google) for Maison: 1 created, 0 updated, 0 unchanged" in told
    assert "1 unchanged" in run(GOOD)


def test_rejected_rows_are_printed_with_line_and_reason(run):
    told = run(GOOD + "2,Glove,-5,in stock\n")
    assert "1 rows rejected" in told
    assert 'line 3 (2): the price "-5" is negative' in told


def test_many_rejected_rows_are_counted_and_not_all_printed(run):
    told = run(GOOD + "".join(f"{n},Glove,?,in stock\n" for n in range(2, 32)))
    assert told.count("cannot be read") == 20
    assert "and 10 more" in told


def test_why_nothing_was_withdrawn_is_printed(run):
    run(GOOD)
    assert "a further feed" in run(GOOD.replace("1,Scarf", "2,Glove"))


def test_the_form_can_be_told(run):
    with pytest.raises(CommandError, match="could be imported"):
        run(GOOD, "--format", "shopify")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "feed.csv is empty."),
        ("id,title\n", "feed.csv holds no products."),
        ("id,title,price\n1,Scarf,?\n", "Nothing in feed.csv could be imported."),
        ("Dear all,\n", "none of the feeds"),
    ],
)
def test_a_file_without_products_fails_in_one_sentence(run, content, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(content)


def test_a_missing_file_fails_in_one_sentence(brand):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_catalog", "/nowhere/feed.csv", brand="maison")


def test_an_unknown_brand_fails_in_one_sentence(db):
    with pytest.raises(CommandError, match='There is no brand "nobody"'):
        call_command("import_catalog", "feed.csv", brand="nobody")
