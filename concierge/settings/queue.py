"""Work beside the requests: the queue, and what is done by the clock."""

from celery.schedules import crontab
from kombu import Queue

from concierge.operations import addresses
from concierge.settings.environment import env
from concierge.settings.servers import REDIS_URL

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
