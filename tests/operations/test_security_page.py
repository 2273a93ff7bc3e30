"""docs/security.md names tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::([\w:]+)`", PAGE)))


@cache
def found_in(path):
    """`test_x` and `TestY::test_x` of one file."""
    found = set()
    for node in ast.parse((ROOT / path).read_text()).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{each.name}" for each in node.body if hasattr(each, "name")}
        elif hasattr(node, "name"):
            found.add(node.name)
    return found


def test_the_table_names_tests():
    assert len(NAMED) > 40


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_each_item_of_the_table_has_its_test(path, name):
    assert name in found_in(path)


def test_each_row_of_the_table_names_a_test():
    rows = re.findall(r"^\| (\d+\.\d+\.\d+[^|]*)\|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)
    assert len(rows) > 40
    assert [number for number, tests in rows if "::test_" not in tests] == []


def test_every_check_of_ours_is_told():
    source = (ROOT / "concierge" / "operations" / "checks.py").read_text()
    numbers = {int(each) for each in re.findall(r"told\((\d+)", source)} | {4, 5}
    assert {number for number in numbers if f"W{number:03}" not in PAGE} == set()
