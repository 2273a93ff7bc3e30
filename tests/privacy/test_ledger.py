import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from concierge.privacy import ledger
from concierge.privacy.ledger import ASKED, DONE, LedgerError, append, lines

WHO = uuid.UUID("11111111-1111-4111-8111-111111111111")


def written(count):
    return [append(ASKED, uuid.uuid4(), "client", [WHO], []) for _ in range(count)]


def test_lines_are_numbered_and_chained():
    first, second = written(2)
    assert [line.number for line in lines()] == [1, 2]
    assert second.before == first.hash
    assert list(lines(after=1)) == [second]
    assert ledger.end() == second


def test_a_ledger_that_is_not_there_is_empty():
    assert ledger.end() is None
    assert list(lines()) == []


@pytest.mark.parametrize("change", ["reason", "visitors", "number", "before", "hash"])
def test_a_changed_line_is_found(ledger_file, change):
    written(3)
    told = [json.loads(line) for line in ledger_file.read_text().splitlines()]
    told[1][change] = [] if change == "visitors" else 9 if change == "number" else "0" * 64
    ledger_file.write_text("".join(json.dumps(line) + "\n" for line in told))
    with pytest.raises(LedgerError):
        list(lines())


def test_a_line_cut_out_or_moved_is_found(ledger_file):
    written(3)
    first, second, third = ledger_file.read_text().splitlines(keepends=True)
    for changed in (first + third, first + third + second, second + third):
        ledger_file.write_text(changed)
        with pytest.raises(LedgerError):
            list(lines())


def test_half_a_line_of_a_power_cut_is_taken_back(ledger_file):
    first, _ = written(2)
    ledger_file.write_bytes(ledger_file.read_bytes()[:-30])
    assert list(lines()) == [first]
    third = append(DONE, uuid.uuid4(), "client", [WHO], [])
    assert (third.number, third.before) == (2, first.hash)
    assert len(list(lines())) == 2


def test_writers_at_once_make_one_chain():
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: written(5), range(4)))
    assert [line.number for line in lines()] == list(range(1, 21))


def test_only_its_owner_may_read_it(ledger_file):
    written(1)
    assert ledger_file.stat().st_mode & 0o777 == 0o600
