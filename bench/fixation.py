"""Fifty planted sessions: how many are worth anything to whoever planted them, after a sign-in.

    python -m bench.fixation [--sessions 50]

With the services started and migrated. Works in a database of its own, made on the same server and
dropped afterwards. A session and a CSRF token that somebody else knows are given to a browser,
which then signs in: by a password, by a second factor, by setting one up, by a letter, at a second
house, and by changing its password. Prints JSON: by way, how many planted sessions still open
anything, kept their key, or left the CSRF token as it was; none is the aim.
"""

import argparse
import json
import logging
import os
import re
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.test.utils import setup_test_environment

from archive.models import Brand
from bench.scratch import scratch

RIGHT, NEXT = "nine herons at Pérouges", "ten herons at Pérouges"
LOGIN = "/admin/login/"
RUN = uuid.uuid4().hex[:8]  # so that a run is not held up by the one before it
Way = Callable[[Client, int], None]


def person(number: int) -> Any:
    name = f"person{number}-{RUN}"
    return get_user_model().objects.create_superuser(name, password=RIGHT)


def code(secret: str) -> str:
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))


def by_password(browser: Client, number: int) -> None:
    browser.post(LOGIN, {"username": f"person{number}-{RUN}", "password": RIGHT})


def by_second_factor(browser: Client, number: int) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(get_user_model().objects.get(username=f"person{number}-{RUN}"), secret)
    by_password(browser, number)
    plant(browser)
    browser.post("/accounts/code/", {"code": code(secret)})


def by_setting_one_up(browser: Client, number: int) -> None:
    by_password(browser, number)
    plant(browser)
    secret = browser.get("/accounts/factors/add/").context["form"].secret
    browser.post("/accounts/factors/add/", {"code": code(secret)})


def by_new_password(browser: Client, number: int) -> None:
    by_password(browser, number)
    plant(browser)
    words = {"old_password": RIGHT, "new_password1": NEXT, "new_password2": NEXT}
    browser.post("/admin/password_change/", words)


def by_letter(browser: Client, number: int, house: str = "maison") -> None:
    browser.post(f"/{house}/account/letter/", {"email": f"person{number}-{RUN}@example.org"})
    plant(browser)
    link = re.search(r"link=(\S+)", mail.outbox[-1].body)
    assert link
    browser.post(f"/{house}/account/open/", {"link": link.group(1)})


def by_second_house(browser: Client, number: int) -> None:
    by_letter(browser, number)
    by_letter(browser, number, "rivale")


WAYS: tuple[Way, ...] = (
    by_password,
    by_second_factor,
    by_setting_one_up,
    by_new_password,
    by_letter,
    by_second_house,
)
planted: dict[int, tuple[str, str]] = {}


def plant(browser: Client) -> None:
    """What whoever planted the session knows of it, just before the last step."""
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    browser.get(LOGIN)
    token = browser.cookies.get(settings.CSRF_COOKIE_NAME)
    planted[id(browser)] = (session.session_key, token.value if token else "")


def opens_anything(key: str) -> bool:
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    if thief.get("/admin/").status_code == 200:
        return True
    pages = (thief.get(f"/{house}/account/").content.decode() for house in ("maison", "rivale"))
    return any("You are signed in" in page for page in pages)


def run(sessions: int) -> dict[str, Any]:
    for slug in ("maison", "rivale"):
        Brand.objects.create(slug=slug, name=slug, language="en")
    faults: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    for number in range(sessions):
        way = WAYS[number % len(WAYS)]
        ways[way.__name__] += 1
        person(number)
        browser = Client(REMOTE_ADDR=f"198.51.100.{1 + number}")
        plant(browser)
        way(browser, number)
        key, token = planted.pop(id(browser))
        faults["opens_anything"] += opens_anything(key)
        faults["kept_its_key"] += Session.objects.filter(session_key=key).exists()
        faults["kept_its_token"] += browser.cookies[settings.CSRF_COOKIE_NAME].value == token
    return {"sessions": sessions, "ways": dict(ways), "faults": dict(faults)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    setup_test_environment()
    with scratch():
        json.dump(run(asked.sessions), sys.stdout, indent=1)
        print()


if __name__ == "__main__":
    main()
