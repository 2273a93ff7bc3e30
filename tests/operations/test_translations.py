"""Whatever a client can read is written in the four languages a house may speak."""

import ast
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from catalog.money import label
from concierge.audit.models import Reason, Role
from concierge.chat.templatetags import worded
from concierge.chat.templatetags.provenance import COMMON_KINDS
from concierge.clients.models import Memory
from concierge.privacy.models import Period
from concierge.privacy.places_listed import every_place

ROOT = Path(settings.BASE_DIR)
FOR_OPERATORS = {ROOT / "templates/chat/front.html"}  # read where no house is set up yet
APPS = ("chat", "accounts", "privacy")
TEMPLATES = [
    *(ROOT / "templates").glob("[34]*.html"),
    *sorted({*(ROOT / "templates/chat").rglob("*.html")} - FOR_OPERATORS),
    *(ROOT / "templates/privacy").rglob("*.html"),
    *(ROOT / "templates/account/client").glob("*.html"),
    *(ROOT / "templates/account/email").glob("letter_*.txt"),
]
LITERAL = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
MARKED = re.compile(rf"\b(n?gettext|pgettext|_)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?")
CONTEXT = "\x04"  # between a context and its sentence
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
LETTERS = re.compile(r"[^\W\d_]{2,}")


def in_templates() -> set[str]:
    found = set()
    for path in TEMPLATES:
        for call, *literals in MARKED.findall(templatize(path.read_text())):
            told = [ast.literal_eval(each) for each in literals if each]
            found |= {CONTEXT.join(told)} if call == "pgettext" else set(told)
    return found


def in_modules() -> set[str]:
    trees = [ast.parse(path.read_text()) for path in (ROOT / "concierge").rglob("*.py")]
    calls = [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    ]
    literals = [each for call in calls for each in call.args if isinstance(each, ast.Constant)]
    return {each.value for each in literals if isinstance(each.value, str)}


def in_rows() -> set[str]:
    """What is kept as a code and shown by its name, and the places that a receipt lists."""
    with translation.override("en"):
        kinds = (Memory.Kind, Memory.Origin, Reason, Role, Period.Kind)
        names = {str(label) for kind in kinds for label in kind.labels}
    kinds_of_document = {f"document{CONTEXT}{kind}" for kind in COMMON_KINDS}
    return names | kinds_of_document | {place.what for place in every_place()}


def written(code: str) -> dict[str, str]:
    """Every sentence of the language's catalogues with its translation; those of plurals joined."""
    found: dict[str, str] = {}
    for app in APPS:
        path = ROOT / f"concierge/{app}/locale/{code}/LC_MESSAGES/django.po"
        for block in path.read_text().split("\n\n"):
            rows = re.findall(r'^(\S+) "(.*)"$', block, re.MULTILINE)
            told = [text for name, text in rows if name.startswith("msgstr")]
            for name, text in rows:
                if name.startswith("msgid") and text:
                    context = dict(rows).get("msgctxt", "")
                    key = (context and context + CONTEXT) + text.replace('\\"', '"')
                    found[key] = "\n".join(told) if all(told) else ""
    return found


def looked_up(key: str) -> str:
    context, _, plain = key.rpartition(CONTEXT)
    return translation.pgettext(context, plain) if context else translation.gettext(plain)


USED = {"templates": in_templates, "modules": in_modules, "rows": in_rows}


@pytest.mark.parametrize("code", ["fr", "it", "de"])
@pytest.mark.parametrize("where", USED)
def test_all_that_a_client_reads_is_translated(code, where):
    catalogue = written(code)
    assert {each for each in USED[where]() if not catalogue.get(each)} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_client_s_page_has_no_words_outside_the_catalogues(path):
    bare = path.read_text()
    bare = re.sub(r"(block body_class %\}).*?(\{% endblock)", r"\1\2", bare).replace(
        "Concierge", ""
    )
    bare = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", bare, flags=re.S)
    bare = re.sub(r"<(style|script).*?</\1>|\{[%{#].*?[%}#]\}", "", bare, flags=re.S)
    bare = re.sub(r"<code>.*?</code>|<[^>]*>|&\w+;", "", bare, flags=re.S)
    assert LETTERS.findall(bare.replace("UTC", "")) == []


@pytest.mark.parametrize("code", ["fr", "it", "de"])
def test_the_compiled_catalogue_is_that_of_the_sentences(code):
    plain = {each: told for each, told in written(code).items() if "\n" not in told}
    with translation.override(code):
        stale = {each for each, told in plain.items() if looked_up(each) != told}
    assert stale == set()


@pytest.mark.parametrize("code", ["fr", "it", "de"])
def test_no_translation_loses_a_name_or_a_figure(code):
    field = re.compile(r"%\(\w+\)[sd]|<\w+>")
    lost = {
        each
        for each, told in written(code).items()
        if set(field.findall(each)) - set(field.findall(told))
        or ("\n" not in told and set(field.findall(told)) - set(field.findall(each)))
    }
    assert lost == set()


def test_french_is_set_with_its_narrow_spaces():
    loose = re.compile(r"[^\s\u00a0\u202f\d:/»][;?!]|[ ][;:?!»]|«(?!\u00a0)")
    assert [told for told in written("fr").values() if loose.search(told)] == []


def test_german_quotes_stand_low_and_high():
    assert [told for told in written("de").values() if re.search("„[^“]*$|”", told)] == []


@pytest.mark.parametrize(
    ("code", "day", "moment", "price", "words"),
    [
        ("en", "1 November 2026", "1 November 2026, 14:05", "€2,150", "“So”"),
        ("fr", "1er novembre 2026", "1er novembre 2026 à 14:05", "2 150 €", "« So »"),
        ("it", "1º novembre 2026", "1º novembre 2026, ore 14:05", "2.150 €", "«So»"),
        ("de", "1. November 2026", "1. November 2026, 14:05 Uhr", "2.150 €", "„So“"),
    ],
)
def test_days_prices_and_quotations_are_written_as_the_language_does(
    code, day, moment, price, words
):
    when = datetime(2026, 11, 1, 14, 5, tzinfo=UTC)
    told = label(Decimal(2150), "EUR", code)
    with translation.override(code):
        said = (worded.day(when), worded.moment(when), told, worded.quoted("So"))
    plain = tuple(re.sub(r"[\u00a0\u202f]", " ", each) for each in said)
    assert plain == (day, moment, price, words)
