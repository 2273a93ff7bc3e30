"""README tells every setting and every command there is, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text()
OF_TESTS = {"INGEST_KILL_AT"}
OF_MAKE = {"PORT"}  # read by the Makefile
UNDER_MAKE = {"migrate", "quickstart"}  # Django's own name; what `make run` runs


def read_from_the_environment():
    source = "".join(path.read_text() for path in (ROOT / "concierge" / "settings").glob("*.py"))
    return set(re.findall(r'\b(?:env|flag|listed|small)\(\s*"([A-Z_]+)"', source))


def test_every_setting_is_told():
    assert {each for each in read_from_the_environment() if f"`{each}`" not in README} == OF_TESTS


def test_no_setting_is_told_that_is_not_read():
    table = README.partition("| setting |")[2].partition("\n\n")[0]
    first = {each for row in table.splitlines() for each in named(row)}
    assert first - read_from_the_environment() == OF_MAKE


def named(row):
    """In the first column."""
    return re.findall(r"`([A-Z_]{4,})`", row.split("|")[1]) if row.count("|") > 2 else ()


def test_every_command_is_told():
    paths = ROOT.glob("*/**/management/commands/[a-z]*.py")
    commands = {path.stem for path in paths if ".venv" not in path.parts} - UNDER_MAKE
    assert {each for each in commands if f"`{each}" not in README} == set()
