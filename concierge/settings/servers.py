"""PostgreSQL and Redis: the product's own, or those that the environment names."""

import os
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from concierge.operations import addresses
from concierge.settings.environment import env
from concierge.settings.installation import DATA_DIR

EMBEDDED_POSTGRES = not env("DATABASE_URL")
EMBEDDED_REDIS = not env("REDIS_URL")
DATABASE_URL = env("DATABASE_URL") or addresses.database_url(DATA_DIR)
# Whose the tables are: migrations and indexes are made as this role, everything else as the other.
OWNER_URL = "" if env("DATABASE_URL") else addresses.owner_url(DATA_DIR)
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL") or OWNER_URL or DATABASE_URL
REDIS_URL = env("REDIS_URL") or addresses.redis_url(DATA_DIR)
DATABASE_POOL_SIZE = int(env("DATABASE_POOL_SIZE", "12"))  # connections a process
# Web servers that `make run` starts at its port. Half of the cores is the database's, the
# worker's and Redis's; docs/scaling.md has what each takes.
WEB_PROCESSES = int(env("WEB_PROCESSES") or max(1, min(4, (os.cpu_count() or 1) // 2)))


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
        "BACKEND": "concierge.chat.pokes.Pokes",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "concierge"},
    }
}
