"""A process that forks one child for each call it is given, and says how the child ended.

What a child is told to kill it kills for real, in a tenth of the time that a new process takes.

One JSON object a line on standard input, one list a line on standard output:
{"call": "work", "with": [7], "kill_at": "parse", "times": 1} -> [-9]
"""

import json
import os
import subprocess
import sys
import threading
import traceback
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TIMEOUT = 60  # seconds until a test gives up


def run_out():
    """As if every lease had run out, and every nudge been waited for."""
    from django.utils import timezone

    from archive.models import IngestionItem, IngestionRun

    past = timezone.now() - timedelta(seconds=1)
    IngestionItem.objects.exclude(lease_until=None).update(lease_until=past)
    IngestionRun.objects.exclude(lease_until=None).update(lease_until=past)


def until(true, otherwise):
    """Wait for what `true` asks, not for the clock."""
    pause = threading.Event()
    for _ in range(TIMEOUT * 10):
        if true():
            return
        pause.wait(0.1)
    raise AssertionError(otherwise())


def until_all_ended():
    from archive.models import IngestionItem, IngestionRun

    left = IngestionItem.objects.exclude(state__in=IngestionItem.ENDED)
    until(
        lambda: not IngestionRun.objects.filter(finished=None).exists(),
        lambda: f"not ended: {list(left.values('key', 'state', 'step', 'attempts'))}",
    )


def calls():
    from archive import tasks
    from archive.ingestion.gather import Incoming
    from archive.ingestion.run import start
    from archive.models import Brand

    def take(brand, path):
        run = start(Brand.objects.get(slug=brand), [Incoming(Path(path), Path(path).name)])
        return run.items.get().pk

    return {
        "work": tasks.ingest_item,
        "read": tasks.run_source,
        "sweep": tasks.renudge,
        "start": take,
        "bring": lambda brand, path: tasks.ingest_item(take(brand, path)),
    }


def main():
    import django
    from django.conf import settings

    django.setup()
    from archive.wall.scope import EVERYTHING, set_for_process

    set_for_process(EVERYTHING)
    known = calls()
    from archive.embedding import minilm, minilm_graph  # noqa: F401 - loaded once for all children

    for line in sys.stdin:
        asked = json.loads(line)
        children = []
        for _ in range(asked["times"]):
            child = os.fork()
            if child == 0:
                settings.INGEST_KILL_AT = asked["kill_at"]
                obey(known[asked["call"]], asked["with"])
            children.append(child)
        statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(json.dumps(statuses), flush=True)


def obey(call, values):
    """To the end of this process."""
    try:
        call(*values)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


@contextmanager
def forker():
    """A function that has such a process make one call, or the same one several times at once."""
    process = subprocess.Popen(
        [sys.executable, __file__],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def run(call, *values, kill_at="", times=1):
        asked = {"call": call, "with": values, "kill_at": kill_at, "times": times}
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        statuses = json.loads(process.stdout.readline())
        return statuses[0] if times == 1 else statuses

    try:
        yield run
    finally:
        process.stdin.close()
        process.wait(30)


if __name__ == "__main__":
    main()
