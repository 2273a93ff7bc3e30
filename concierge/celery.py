"""The worker's and the scheduler's application."""

import os
from typing import Any

from celery import Celery, Task

from archive.wall.scope import everything

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")


class HouseTask(Task):  # type: ignore[type-arg]
    """Work of the product itself, from which the database hides no row."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with everything():
            return super().__call__(*args, **kwargs)


app = Celery("concierge", task_cls=HouseTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
