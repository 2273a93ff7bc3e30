"""What is queued names rows and nothing else."""

import inspect
import re

import pytest
from celery import current_app

ID = re.compile(r"(\w+_)?id")


def tasks():
    current_app.loader.import_default_modules()
    return sorted(name for name in current_app.tasks if not name.startswith("celery."))


def test_the_products_tasks_are_all_looked_at():
    assert {"archive.ingest_item", "chat.finish_orphans", "catalog.embed"} <= set(tasks())


@pytest.mark.parametrize("name", tasks())
def test_a_task_is_given_ids_alone(name):
    named = [
        each
        for each in inspect.signature(current_app.tasks[name].run).parameters.values()
        if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    ]
    assert all(ID.fullmatch(each.name) for each in named), named
    assert all(each.annotation in (int, str, "int", "str") for each in named), named
