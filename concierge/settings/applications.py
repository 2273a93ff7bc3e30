"""The applications, what every request passes through, and the files that pages are made of."""

from concierge.operations.look import CONSOLE
from concierge.settings.environment import BASE_DIR
from concierge.settings.installation import DATA_DIR, PRODUCTION

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
    "concierge.console.clock.clock",
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
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("it", "Italiano"), ("de", "Deutsch")]
FORMAT_MODULE_PATH = "concierge.console.formats"
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
