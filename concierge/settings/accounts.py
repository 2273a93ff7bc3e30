"""Who signs in how, and why: docs/security.md."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from concierge.settings.environment import env, flag
from concierge.settings.installation import DATA_DIR, PRODUCTION


def post(url: str) -> dict[str, Any]:
    """Django's settings for letters from an address: smtp, smtps or smtp+tls; console; file."""
    told = urlsplit(url)
    if told.scheme in {"smtp", "smtps", "smtp+tls"}:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": told.hostname or "localhost",
            "EMAIL_PORT": told.port or {"smtps": 465, "smtp+tls": 587}.get(told.scheme, 25),
            "EMAIL_HOST_USER": unquote(told.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(told.password or ""),
            "EMAIL_USE_SSL": told.scheme == "smtps",
            "EMAIL_USE_TLS": told.scheme == "smtp+tls",
        }
    kind = {"console": "console", "file": "filebased"}[told.scheme]
    folder = {"EMAIL_FILE_PATH": told.path} if told.scheme == "file" else {}
    return {"EMAIL_BACKEND": f"django.core.mail.backends.{kind}.EmailBackend"} | folder


LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it stands before the password hasher
    "django.contrib.auth.backends.ModelBackend",
]
# Letters that sign clients in; without an address they lie in a folder, for a trial run.
EMAIL_URL = env("EMAIL_URL") or f"file://{DATA_DIR / 'mail'}"
EMAIL_FILE_PATH = ""
globals().update(post(EMAIL_URL))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "concierge@localhost")
# Whether the staff needs a second factor to enter the console.
STAFF_MFA = flag("STAFF_MFA", PRODUCTION)
ACCOUNT_ADAPTER = "concierge.accounts.adapter.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "concierge.accounts.mfa.Adapter"
AXES_HANDLER = "concierge.accounts.guesses.Handler"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCK_OUT_AT_FAILURE = False  # the handler's own limit stands before the first wrong one
AXES_LOCKOUT_CALLABLE = "concierge.accounts.guesses.refusal"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_COOLOFF_TIME = timedelta(days=int(env("SIGN_IN_DAYS", "30")))  # how long attempts are kept
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_CLIENT_IP_CALLABLE = "concierge.accounts.guesses.address_of"
AXES_SENSITIVE_PARAMETERS = ["csrfmiddlewaretoken", "password", "code"]
AXES_VERBOSE = False
# django-axes would count by address too; the handler counts by account, whatever the address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
