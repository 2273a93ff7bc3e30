"""Figures, limits and logs."""

from concierge.settings.environment import env, listed
from concierge.settings.installation import PRODUCTION

# Who may read /metrics: who brings the token as a bearer, or asks from one of the networks.
METRICS_TOKEN = env("METRICS_TOKEN", "")
METRICS_NETWORKS = listed("METRICS_NETWORKS", "" if PRODUCTION else "127.0.0.0/8,::1/128")

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
