"""Every setting, and the only file that reads the environment.

Without `DATABASE_URL` and `REDIS_URL` the product uses the PostgreSQL and Redis it ships with,
kept under the data directory; with them it uses yours, and nothing else changes.
"""

import base64
import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from kombu import Queue
from psycopg.conninfo import conninfo_to_dict

from concierge.operations import addresses
from concierge.operations.embedded.lifecycle import make, plainly
from concierge.operations.look import CONSOLE

# A search multiplies small matrices: handing them to threads takes longer than the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
env = os.environ.get


def flag(name: str, default: bool) -> bool:
    return env(name, str(default)).lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def kept_secret(path: Path, make_one: Callable[[], str] = lambda: secrets.token_urlsafe(50)) -> str:
    """The secret in `path`, made on first use, so that sessions survive a restart.

    Raises ServiceError, with a sentence for the operator, when it can be neither read nor made.
    """
    with plainly(path.parent):
        if not path.exists() or not path.stat().st_size:  # a full disk leaves it empty
            make(path.parent)
            path.touch(mode=0o600)
            path.write_text(make_one())
        return path.read_text().strip()


# Where the product keeps its own files: embedded services, uploads, models, secrets.
DATA_DIR = Path(env("CONCIERGE_DATA_DIR") or BASE_DIR / "var").resolve()
PRODUCTION = flag("PRODUCTION", False)
DEBUG = flag("DEBUG", False)
# Those before it, while it is being changed: what they have signed holds, none is signed anew.
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
SECRET_KEY = env("SECRET_KEY") or kept_secret(DATA_DIR / "secret_key")
# What wraps each client's own key: 32 bytes in base64, the first for new ones, commas between them;
# those behind it still open what they have wrapped. Lost, they take all clients' words with them.
CLIENT_KEYS = env("CLIENT_KEYS") or kept_secret(
    DATA_DIR / "client_keys", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
)
# Where erasures are written down, outside the database and its backups: docs/privacy.md.
ERASURE_LEDGER = env("ERASURE_LEDGER") or str(DATA_DIR / "ledger" / "erasures.jsonl")
# Where backups go, and beside them the clients' keys: docs/backup.md. Better another disk.
BACKUP_DIR = env("BACKUP_DIR") or str(DATA_DIR / "backups")
# What receipts of erasure are signed with (Ed25519): 32 bytes in base64.
RECEIPT_KEY = env("RECEIPT_KEY") or kept_secret(
    DATA_DIR / "receipt_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
)
# A house's own words of consent, `<slug>.toml` each; none: the product's.
CONSENTS_DIR = env("CONSENTS_DIR")
# What signs the entries of the audit log, and where its head is kept outside the database.
AUDIT_KEY = env("AUDIT_KEY") or kept_secret(DATA_DIR / "audit_key")
AUDIT_CHECKPOINTS = Path(env("AUDIT_CHECKPOINTS") or DATA_DIR / "audit").resolve()
# Which of them came from the environment: what is made here lies beside the data it protects.
GIVEN = {name: bool(env(name)) for name in ("SECRET_KEY", "CLIENT_KEYS")}
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
# Pages elsewhere that may open a socket, as "https://boutique.house": where the widget stands.
SOCKET_ORIGINS = listed("SOCKET_ORIGINS")

# Services -------------------------------------------------------------------------------------
EMBEDDED_POSTGRES = not env("DATABASE_URL")
EMBEDDED_REDIS = not env("REDIS_URL")
DATABASE_URL = env("DATABASE_URL") or addresses.database_url(DATA_DIR)
# Whose the tables are: migrations and indexes are made as this role, everything else as the other.
OWNER_URL = "" if env("DATABASE_URL") else addresses.owner_url(DATA_DIR)
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL") or OWNER_URL or DATABASE_URL
REDIS_URL = env("REDIS_URL") or addresses.redis_url(DATA_DIR)
DATABASE_POOL_SIZE = int(env("DATABASE_POOL_SIZE", "12"))  # connections a process


def database(url: str) -> dict[str, Any]:
    """Django's form of a libpq address; the address's further words go to the driver."""
    words: dict[str, Any] = dict(conninfo_to_dict(url))
    named = {
        "NAME": words.pop("dbname", "concierge"),
        "USER": words.pop("user", ""),
        "PASSWORD": words.pop("password", ""),
        "HOST": words.pop("host", ""),
        "PORT": words.pop("port", ""),
    }
    pool = {"min_size": 0, "max_size": DATABASE_POOL_SIZE, "timeout": 10}
    return {
        "ENGINE": "archive.wall.database",
        "OPTIONS": {**words, "pool": pool},
        # A connection the server has dropped is replaced before a query meets it.
        "CONN_HEALTH_CHECKS": True,
        **named,
    }


DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "concierge"},
    }
}

# Celery loses work by default; docs/decisions/celery.md gives the reason for each line.
CELERY_BROKER_URL = addresses.celery_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1800}  # seconds
CELERY_TASK_TIME_LIMIT = 1200  # seconds; below the visibility timeout
CELERY_TASK_DEFAULT_QUEUE = "concierge"
# Files have a queue of their own: nothing else waits behind ten thousand of them.
CELERY_TASK_QUEUES = [Queue("concierge"), Queue("ingestion")]
CELERY_TASK_ROUTES = {
    "archive.ingest_item": {"queue": "ingestion"},
    "archive.run_source": {"queue": "ingestion"},
    "archive.forecast_source": {"queue": "ingestion"},
}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker outlives any pause of Redis
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
ONCE = {"expires": 290.0}  # seconds: a sweep that waited for the next one is not made twice
CELERY_BEAT_SCHEDULE = {
    "finish-orphaned-answers": {"task": "chat.finish_orphans", "schedule": 10.0},
    "catch-up-archive": {"task": "archive.catch_up", "schedule": 300.0, "options": ONCE},
    "catch-up-catalog": {"task": "catalog.catch_up", "schedule": 300.0, "options": ONCE},
    "renudge-ingestion": {
        "task": "archive.renudge",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "count-lost-calls": {"task": "llm.sweep", "schedule": 60.0, "options": {"expires": 60.0}},
    "forget-old-spending": {"task": "llm.forget", "schedule": 86400.0},
    "finish-erasures": {
        "task": "privacy.finish_erasures",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "tidy-privacy": {"task": "privacy.tidy", "schedule": 30.0, "options": {"expires": 30.0}},
    "trim-sign-ins": {"task": "accounts.trim", "schedule": 3600.0},
    # Some bounded work each hour, so that a day's end is met in every time zone.
    "retain": {"task": "privacy.retain", "schedule": 3600.0, "options": {"expires": 3600.0}},
    # In the hours of the night (UTC), until one pass over the files is made: docs/scrub.md.
    "scrub-files": {
        "task": "scrub.nightly",
        "schedule": crontab(minute="*/20", hour=env("SCRUB_HOURS", "2-4")),
        "options": {"expires": 1200.0},
    },
    # After erasures, once in ten minutes at most: what the night's pass would do for their keys.
    "scrub-keys": {"task": "scrub.keys", "schedule": 60.0, "options": {"expires": 60.0}},
    "watch-voice": {"task": "console.watch_voice", "schedule": 3600.0},
    "checkpoint-audit": {"task": "audit.checkpoint", "schedule": 3600.0},
}

# Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_celery_beat",
    "django_htmx",
    "archive",
    "catalog",
    "concierge.clients",
    "concierge.accounts",
    "concierge.audit",
    "concierge.llm",
    "concierge.approved",
    "concierge.voice",
    "concierge.answering",
    "concierge.gaps",
    "concierge.chat",
    "concierge.privacy",
    "concierge.evaluation",
    "concierge.console",
    "concierge.scrub",
    "concierge.operations",
]
MIDDLEWARE = [
    "concierge.operations.logs.request_id",
    "csp.middleware.CSPMiddleware",  # early: whatever answers, its page has the policy
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "concierge.operations.walled.walled",  # what comes after sees as much as who asks may
    "concierge.accounts.sessions.keep_track",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "concierge.accounts.mfa.second_factor",
    "concierge.operations.wrong_method.wrong_method",
    "concierge.operations.asks_first.AsksFirst",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "concierge.urls"
ASGI_APPLICATION = "concierge.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # The packages' own, fitted to the content security policy.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "concierge.operations.fitted.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]
UNFOLD = CONSOLE


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


# Accounts -------------------------------------------------------------------------------------
# docs/security.md: who signs in how, and why.
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
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("it", "Italiano"), ("de", "Deutsch")]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = DATA_DIR / "media"  # never served: uploads are the house's originals

# Doors ----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "frame-src": [NONE],
        "worker-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# A browser keeps cookies by host, not by port: two houses on one machine must not share them.
COOKIES = "" if PRODUCTION else f"_{addresses.socket_dir(DATA_DIR).name.rpartition('-')[2]}"
# Behind TLS the name itself has a browser refuse them from any other host.
HOST_ONLY, SECURE_ONLY = ("__Host-", "__Secure-") if PRODUCTION else ("", "")
SESSION_COOKIE_NAME = f"{HOST_ONLY}concierge_session{COOKIES}"
CSRF_COOKIE_NAME = f"{HOST_ONLY}concierge_csrf{COOKIES}"
KNOWN_COOKIE_NAME = f"{SECURE_ONLY}concierge_known{COOKIES}"  # concierge/accounts/guesses.py
SESSION_ENGINE = "concierge.privacy.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90  # seconds
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # a request
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Documents in ---------------------------------------------------------------------------------
# Pages of a PDF that hold no text: "auto" reads them by tesseract where it is installed, "off" not.
OCR = env("OCR", "auto")
# A parser of a house's own for such pages, before tesseract: docs/ingestion.md.
HEAVY_PARSER = env("HEAVY_PARSER", "")

# Models ---------------------------------------------------------------------------------------
# The embedder: "minilm" (local, the default), "openai:MODEL" or "fastembed:MODEL".
EMBEDDER = env("EMBEDDER", "minilm")
EMBEDDER_BASE_URL = env("EMBEDDER_BASE_URL", "")
EMBEDDER_API_KEY = env("EMBEDDER_API_KEY") or env("OPENAI_API_KEY", "")
EMBEDDER_DIMENSIONS = int(env("EMBEDDER_DIMENSIONS", "0"))  # 0: the model's own
# For the address before this one, while the archive is embedded anew: docs/embedding.md.
EMBEDDER_PREVIOUS_API_KEY = env("EMBEDDER_PREVIOUS_API_KEY", "")
# A cross-encoder for the best passages: "fastembed:MODEL"; "" for none. What it
# says after its budget is not waited for: archive/judge.py
RERANKER = env("RERANKER", "")
RERANKER_BUDGET_MS = float(env("RERANKER_BUDGET_MS", "150"))  # a query
SEARCH_WITHOUT = frozenset(listed("SEARCH_WITHOUT"))  # steps left out: archive/steps.py

# Redaction: a house's own patterns, a TOML file, and a model that knows names: docs/redaction.md.
REDACTION_PATTERNS = env("REDACTION_PATTERNS", "")
NAME_MODEL = env("NAME_MODEL", "")
# Through what texts pass before a remote embedder has them.
EMBEDDER_DISCRETION = "concierge.answering.leaving.discreet"


def small(name: str, model: str, **more: str) -> dict[str, str]:
    """What a provider's small model has of its own; a house's own server may not have it."""
    if said := env(name):
        return {"model": said}
    return {} if env(name.replace("SMALL_MODEL", "BASE_URL")) else {"model": model, **more}


# The answering rungs, first to last; a rung without its key is left out.
LLM_PROVIDERS = {
    "openai": {
        "adapter": "concierge.llm.openai.OpenAI",
        "api_key": env("OPENAI_API_KEY", ""),
        "base_url": env("OPENAI_BASE_URL", ""),
        "model": env("OPENAI_MODEL", "gpt-5-mini"),
        "api": env("OPENAI_API", "chat"),  # or "responses"
        # Tokens of a prompt and its answer together; a server of one's own may read fewer.
        "context": int(env("OPENAI_CONTEXT", "8000" if env("OPENAI_BASE_URL") else "100000")),
        # How long it may think before its first word; other servers need not know the word.
        "effort": env("OPENAI_EFFORT", "" if env("OPENAI_BASE_URL") else "low"),
        # What its contract says, for the brands that ask for it: docs/contract.md.
        "region": env("OPENAI_REGION", ""),
        "zero_retention": flag("OPENAI_ZERO_RETENTION", False),
        "store": env("OPENAI_STORE", "false"),  # or "omit", for a server that knows no such word
        "small": small("OPENAI_SMALL_MODEL", "gpt-5-nano", effort="minimal"),
    },
    "anthropic": {
        "adapter": "concierge.llm.anthropic.Anthropic",
        "api_key": env("ANTHROPIC_API_KEY", ""),
        "base_url": env("ANTHROPIC_BASE_URL", ""),
        "model": env("ANTHROPIC_MODEL", "claude-sonnet-4-6"),
        "context": int(env("ANTHROPIC_CONTEXT", "100000")),
        "region": env("ANTHROPIC_REGION", ""),
        "zero_retention": flag("ANTHROPIC_ZERO_RETENTION", False),
        "small": small("ANTHROPIC_SMALL_MODEL", "claude-haiku-4-5"),
    },
}
LLM_ORDER = listed("LLM_ORDER", "anthropic,openai")
# Seconds from the question until words must be coming, whoever says them; docs/providers.md.
LLM_TURN = float(env("LLM_TURN", "6.5"))
# Seconds a model has for its first word while another could be asked, for each next, for all.
LLM_FIRST_TOKEN = float(env("LLM_FIRST_TOKEN", "4"))
LLM_IDLE = float(env("LLM_IDLE", "2.5"))
LLM_WHOLE = float(env("LLM_WHOLE", "45"))
# What may be spent on models, in US dollars a day or a month (UTC), where the console says nothing
# else for a brand; a call's upper bound is reserved before it is made: docs/costs.md.
LLM_BUDGETS = {
    "visitor_day": env("BUDGET_VISITOR_DAY", "1"),
    "address_day": env("BUDGET_ADDRESS_DAY", "5"),
    "day": env("BUDGET_BRAND_DAY", "50"),
    "month": env("BUDGET_BRAND_MONTH", "800"),
    "installation_day": env("BUDGET_INSTALLATION_DAY", "200"),
    # The share of the brand's and the installation's that new visitors leave to those known.
    "known_share": env("BUDGET_KNOWN_SHARE", "0.3"),
}
# Seconds a model has to make a follow-up stand alone before it is searched for; 0: it is not asked.
REWRITE_TIMEOUT = float(env("REWRITE_TIMEOUT", "1.5"))

# The web ---------------------------------------------------------------------------------------
# Pages are fetched from the open web only. Places of the house's own network that may be fetched
# from all the same, as "intranet.house:8080"; the machine's own settings service never is.
FETCH_HOSTS = listed("FETCH_HOSTS")
FETCH_PORTS = [int(port) for port in listed("FETCH_PORTS", "80,443")]
FETCH_AGENT = env("FETCH_AGENT", "Concierge/0.1")  # who asks; a site's operator reads it
FETCH_DELAY = float(env("FETCH_DELAY", "1"))  # seconds between two pages of one site

# The step of ingestion at which a worker is to be killed, in tests: archive/ingestion/step.py
INGEST_KILL_AT = "" if PRODUCTION else env("INGEST_KILL_AT", "")

# Sources ---------------------------------------------------------------------------------------
# What each kind of source is listed and fetched by: archive/sources/kind.py
SOURCE_KINDS = {
    "folder": "archive.sources.folder.Folder",
    "store": "archive.sources.store.Store",
    "site": "archive.sources.site.Site",
    "pages": "archive.sources.pages.Pages",
    "feed": "archive.sources.feed.Feed",
    "shop": "catalog.shop.Shop",
}
# Folders that sources may read; none named: all but the product's own.
SOURCE_FOLDERS = listed("SOURCE_FOLDERS")
# Of fsspec's file systems, those a source may name. The web is fetched by its own kinds alone.
STORE_PROTOCOLS = listed("STORE_PROTOCOLS", "s3,gs,gcs,az,abfs,abfss,adl,oss,sftp,ssh,smb")
# What a remote embedder costs, as its provider said on that day: "0.02 USD 2026-11-01" for a
# million tokens. It stands in forecasts alone.
EMBEDDER_PRICE = env("EMBEDDER_PRICE", "")

# Figures ---------------------------------------------------------------------------------------
# Who may read /metrics: who brings the token as a bearer, or asks from one of the networks.
METRICS_TOKEN = env("METRICS_TOKEN", "")
METRICS_NETWORKS = listed("METRICS_NETWORKS", "" if PRODUCTION else "127.0.0.0/8,::1/128")

# Limits and logs ------------------------------------------------------------------------------
QUESTION_LIMIT = 2000  # characters
QUESTIONS_PER_MINUTE = int(env("QUESTIONS_PER_MINUTE", "12"))  # a visitor
ORPHANS_EVERY = float(env("ORPHANS_EVERY", "3"))  # seconds between looks for orphaned answers
LOG_LEVEL = env("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "concierge.operations.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "httpx2": {"level": "WARNING"},  # else a line for each request to a model
        "axes": {"level": "ERROR"},  # else a name and an address for each sign-in
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
