"""What `check --deploy` finds, each fault brought about for real."""

import base64
import os
import subprocess
import sys

import pytest
import redis
from django.conf import settings as configured
from django.core.checks import run_checks
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from concierge.operations import checks

LAST = 19  # of the checks in concierge/operations/checks.py


@pytest.fixture
def fit(settings):
    """A house in production with nothing to be told."""
    settings.PRODUCTION = settings.STAFF_MFA = True
    settings.ALLOWED_HOSTS = ["concierge.example"]
    settings.GIVEN = {"SECRET_KEY": True, "CLIENT_KEYS": True}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.METRICS_NETWORKS = ["10.0.0.0/8"]
    return settings


def found():
    """Numbers of this module's faults."""
    every = run_checks(include_deployment_checks=True)
    numbers = [int(each.id[-3:]) for each in every if each.id.startswith("concierge.W")]
    return sorted(number for number in numbers if number <= LAST)


def test_a_house_that_is_fit_is_told_nothing(fit):
    assert found() == []


FAULTS = {
    1: {"PRODUCTION": False},
    2: {"ALLOWED_HOSTS": []},
    3: {"ALLOWED_HOSTS": ["*"]},
    4: {"GIVEN": {"SECRET_KEY": False, "CLIENT_KEYS": True}},
    5: {"GIVEN": {"SECRET_KEY": True, "CLIENT_KEYS": False}},
    9: {"REDIS_URL": "unix:///nowhere/redis.sock"},
    13: {"STAFF_MFA": False},
    15: {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {}, "EXCLUDE_URL_PREFIXES": ["/admin/"]}},
    16: {"METRICS_NETWORKS": ["everybody"]},
    17: {"METRICS_NETWORKS": ["0.0.0.0/0"]},
    18: {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"},
    19: {"SESSION_COOKIE_HTTPONLY": False},
}


@pytest.mark.parametrize("number", FAULTS)
def test_each_fault_is_told(fit, number):
    for name, value in FAULTS[number].items():
        setattr(fit, name, value)
    assert found() == [number]


@pytest.mark.parametrize("value", ["'unsafe-inline'", "'unsafe-eval'", "*", "https:"])
def test_a_policy_that_lets_everything_in_is_told(fit, value):
    fit.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": ["'self'", value]}}
    assert found() == [14]


@pytest.mark.parametrize("host", [".example", "*.example"])
def test_hosts_that_nobody_named_are_told(fit, host):
    fit.ALLOWED_HOSTS = [host]
    assert found() == [3]


@pytest.mark.parametrize(
    ("number", "name", "wrong"),
    [(6, "appendonly", "no"), (7, "maxmemory-policy", "allkeys-lru")],
)
def test_a_redis_that_loses_work_is_told(fit, number, name, wrong):
    with redis.Redis.from_url(configured.REDIS_URL) as server:
        before = server.config_get(name)[name]
        server.config_set(name, wrong)
        try:
            assert found() == [number]
        finally:
            server.config_set(name, before)


SERVER = ["uvicorn", "--ws-per-message-deflate", "false", "--no-access-log"]


@pytest.mark.parametrize(
    ("number", "frame", "command", "logs"),
    [
        (10, 65537, SERVER, {}),
        (11, 65536, ["uvicorn", "--no-access-log"], {}),
        (11, 65536, [word.replace("false", "true") for word in SERVER], {}),
        (12, 65536, SERVER[:-1], {}),
        (12, 65536, SERVER, {"loggers": {"uvicorn.access": {"level": "INFO"}}}),
    ],
)
def test_each_fault_of_the_web_server_is_told(number, frame, command, logs):
    faults = list(checks.faults_of_server(frame, command, logs))
    assert [each.id for each in faults] == [f"concierge.W{number:03}"]


def of_these_tests(url):
    name = configured.DATABASES["default"]["NAME"]
    return make_conninfo(**(conninfo_to_dict(url) | {"dbname": name}))


def in_production(*words):
    """A command under the settings that an operator's environment makes."""
    told = {
        "PRODUCTION": "1",
        "ALLOWED_HOSTS": "concierge.example",
        "SECRET_KEY": base64.b64encode(os.urandom(60)).decode(),
        "CLIENT_KEYS": base64.b64encode(os.urandom(32)).decode(),
        "EMAIL_URL": "smtp+tls://post.example",
        "DATABASE_URL": of_these_tests(configured.DATABASE_URL),
        "DATABASE_OWNER_URL": of_these_tests(configured.DATABASE_OWNER_URL),
    }
    return subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        env=os.environ | told,
        cwd=configured.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_cookies_are_the_host_s_alone():
    cookies = ("SESSION", "CSRF", "LANGUAGE")
    told = ", ".join(f"s.{each}_COOKIE_NAME, s.{each}_COOKIE_SECURE" for each in cookies)
    asked = in_production("-c", f"import concierge.settings as s; print({told})")
    named = [f"__Host-concierge_{each.lower()}" for each in cookies]
    assert asked.stdout.split() == [word for name in named for word in (name, "True")]


@pytest.mark.django_db
def test_the_product_in_production_has_nothing_to_be_told():
    asked = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (asked.returncode, asked.stderr) == (0, ""), asked.stderr
