"""Ten thousand guesses from two hundred addresses, by two processes at once: how many are tried.

    python -m bench.guesses [--guesses 10000] [--addresses 200] [--accounts 20] [--threads 8]

With the services started and migrated. Works in a database of its own, made on the same server and
dropped afterwards. Half of the guesses go to the console's sign-in in a burst for one account, the
others to all in turn. Prints JSON: the guesses that reached the password hasher, the most for one
account in any five minutes (five is the limit), the answers by status, and whether the owner of an
account, in a browser they have used before, signs in while it is being tried.
"""

import argparse
import json
import os
import sys
import uuid
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from time import perf_counter, time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment

from bench.scratch import scratch

LOGIN = "/admin/login/"
RIGHT = "nine herons at Pérouges"
WINDOW = 300  # seconds
PROCESSES = 2
RUN = uuid.uuid4().hex[:8]  # so that a run is not held up by the one before it
reached: list[tuple[str, float]] = []


class CountingHasher(PBKDF2PasswordHasher):
    """The product's own, quicker, that tells when it was asked about whom."""

    iterations = 1000

    def verify(self, password: str, encoded: str) -> bool:
        reached.append((password.partition(" ")[0], time()))
        return super().verify(password, encoded)


def guess(task: tuple[int, str, str]) -> int:
    number, name, address = task
    try:
        words = {"username": name, "password": f"{name} {number}"}
        return Client(REMOTE_ADDR=address).post(LOGIN, words).status_code
    finally:
        connections.close_all()


def work(
    name: str, tasks: list[tuple[int, str, str]], threads: int
) -> tuple[Counter[int], list[tuple[str, float]]]:
    """One process' share: answers by status, and what reached its hasher."""
    prepare(name)
    with ThreadPoolExecutor(threads) as together:
        said = Counter(together.map(guess, tasks))
    # The hasher is imported by its name, and is another than that of the module that was run.
    from bench.guesses import reached as counted

    return said, counted


def prepare(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name
    settings.PASSWORD_HASHERS = ["bench.guesses.CountingHasher"]
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.LOGGING_CONFIG = None
    import logging

    logging.disable(logging.WARNING)


def spread(guesses: int, addresses: int, accounts: int) -> list[tuple[int, str, str]]:
    found = []
    for number in range(guesses):
        who = 0 if number < guesses // 2 else number % accounts
        place = number % addresses
        found.append(
            (number, f"person{who}-{RUN}", f"198.51.{100 + place // 250}.{1 + place % 250}")
        )
    return found


def most_in_a_window(times: list[float]) -> int:
    times = sorted(times)
    return max(sum(start <= each < start + WINDOW for each in times) for start in times)


def owner_signs_in(browser: Client) -> bool:
    words = {"username": f"person0-{RUN}", "password": RIGHT}
    return browser.post(LOGIN, words).status_code == 302


def run(asked: argparse.Namespace, name: str) -> dict[str, Any]:
    from django.contrib.auth import get_user_model

    for number in range(asked.accounts):
        get_user_model().objects.create_user(f"person{number}-{RUN}", password=RIGHT, is_staff=True)
    own = Client()
    assert owner_signs_in(own)
    own.post("/admin/logout/")
    reached.clear()
    tasks = spread(asked.guesses, asked.addresses, asked.accounts)
    start = perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        shares = [
            processes.submit(work, name, tasks[part::PROCESSES], asked.threads)
            for part in range(PROCESSES)
        ]
        done = [each.result() for each in shares]
    took = perf_counter() - start
    by_account = defaultdict(list)
    for _, times in done:
        for who, when in times:
            by_account[who].append(when)
    return {
        "guesses": asked.guesses,
        "addresses": asked.addresses,
        "accounts": asked.accounts,
        "seconds": round(took, 1),
        "reached_the_hasher": sum(map(len, by_account.values())),
        "most_of_one_account_in_five_minutes": max(map(most_in_a_window, by_account.values())),
        "answers": dict(sum((said for said, _ in done), Counter())),
        "owner_signs_in_meanwhile": owner_signs_in(own),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=10_000)
    parser.add_argument("--addresses", type=int, default=200)
    parser.add_argument("--accounts", type=int, default=20)
    parser.add_argument("--threads", type=int, default=8)
    asked = parser.parse_args()
    setup_test_environment()
    with scratch() as name:
        prepare(name)
        json.dump(run(asked, name), sys.stdout, indent=1)
        print()
        connections.close_all()


if __name__ == "__main__":
    main()
