"""The product as it is run: web processes, worker, scheduler, services, and a local model."""

import os
import re
import signal
import socket
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command

from archive.models import Brand, Document
from concierge.operations import quickstart
from concierge.operations.embedded import ensure_running, postgres, process, redis_server
from concierge.operations.supervision import Child, stop_all
from tests.fake_provider import FakeProvider, Script

SLUG = "streams"
READY = 90  # seconds a web process has to answer, on a machine with other things to do
TITLE = "The kingfisher square"
SENTENCES = (
    "Ottoline Marsh drew the kingfisher on the terrace of the mill in May 1934.",
    "She had watched it for eleven mornings before she made the first line.",
    "The square was printed in nine colours on twill of eighteen mommes.",
    "Each colour had a screen of its own, and the blue was printed last.",
    "The border of saffron and ink was added by the printer Anselm Roy.",
    "Two hundred and forty squares left the workshop in the first winter.",
    "The drawing is kept in the archive in a folder of grey linen.",
    "In 1961 the square was printed once more, with a paler ground.",
    "The hem is rolled by hand, which takes forty-five minutes.",
    "Nobody in the workshop has ever called the bird by another name.",
)
PLENTY = "90000"
BUDGETS = ("VISITOR_DAY", "ADDRESS_DAY", "BRAND_DAY", "BRAND_MONTH", "INSTALLATION_DAY")
# It is not the model that is measured: on a busy machine it may take its time.
PATIENT = "60"  # seconds
DEADLINES = ("LLM_TURN", "LLM_FIRST_TOKEN", "LLM_IDLE", "LLM_WHOLE")
QUESTIONS = (
    "Who drew the kingfisher?",
    "How many colours has the kingfisher square?",
    "When was the kingfisher drawn?",
    "Where is the drawing of the kingfisher kept?",
    "How is the hem of the kingfisher square made?",
)
SOURCE = re.compile(r'<source number="1"[^>]*>\n(.*?)\n</source>', re.S)


def said(body: dict[str, Any]) -> str:
    """What the model says: the first source, sentence by sentence, in two paragraphs, cited."""
    found = SOURCE.search("\n".join(str(each.get("content")) for each in body["messages"]))
    text = found[1] if found else ""
    told = [f"{each[:-1]} [1]." for each in SENTENCES if each in text] or ["[none]"]
    half = len(told) // 2
    return " ".join(told[:half]) + "\n\n" + " ".join(told[half:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """Everything, started by `start` and ended by `stop`; `pace` is in seconds a word."""

    def __init__(self, webs: int, pace: float, helpers: bool = True) -> None:
        self.provider = FakeProvider()
        self.provider.otherwise = Script(text=said, pace=pace)
        self.ports = [free_port() for _ in range(webs)]
        self.helpers = helpers
        self.webs: list[Child] = []
        self.others: list[Child] = []
        self.kills = 0

    def start(self) -> None:
        ensure_running(settings.DATA_DIR)
        call_command("migrate", interactive=False, verbosity=0)
        house()
        self.provider.__enter__()
        os.environ.update(
            LLM_ORDER="openai",
            OPENAI_API_KEY="a-key",
            OPENAI_BASE_URL=self.provider.openai_url,
            QUESTIONS_PER_MINUTE=PLENTY,
            CONCIERGE_DATA_DIR=str(settings.DATA_DIR),
            LOG_LEVEL="WARNING",
        )
        os.environ.update({f"BUDGET_{name}": PLENTY for name in BUDGETS})
        os.environ.update(dict.fromkeys(DEADLINES, PATIENT))
        for port in self.ports:
            worker, beat, web = quickstart.children(port)
            web.name, web.log = f"web {port}", web.log.with_stem(f"web-{len(self.webs)}")
            self.webs.append(web)
        self.others = [worker, beat] if self.helpers else []
        for child in (*self.others, *self.webs):
            child.start()
        for number in range(len(self.webs)):
            self.wait(number)

    def wait(self, number: int) -> None:
        """Wait until a web process answers."""
        deadline = time.monotonic() + READY
        while not self.answers(number):
            if time.monotonic() > deadline:
                raise TimeoutError(f"Nothing answers: see {self.webs[number].log}.")
            time.sleep(0.1)

    def answers(self, number: int) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.ports[number]}/healthz", timeout=5):
                return True
        except (URLError, OSError):
            return False

    def kill(self, number: int) -> None:
        """End a web process as a fault would."""
        child = self.webs[number]
        child.signal(signal.SIGKILL)
        assert child.process
        child.process.wait()
        self.kills += 1

    def revive(self, number: int) -> None:
        self.webs[number].start()
        self.wait(number)

    def stop(self) -> None:
        stop_all([*self.webs, *self.others])
        self.provider.__exit__()


def kill_redis() -> None:
    process.end(redis_server.processes(settings.DATA_DIR), signal.SIGKILL, 10)


def kill_postgres() -> None:
    process.end(postgres.processes(settings.DATA_DIR), signal.SIGKILL, 10)


def revive_services() -> None:
    ensure_running(settings.DATA_DIR)


def house() -> None:
    """A house with one document, made once."""
    brand, _ = Brand.objects.get_or_create(
        slug=SLUG, defaults={"name": "Maison Marsh", "contact": "house@maison.example"}
    )
    if Document.objects.filter(brand=brand).exists():
        return
    folder = Path(settings.DATA_DIR) / "streams"
    folder.mkdir(exist_ok=True)
    text = " ".join(SENTENCES)
    (folder / "kingfisher.md").write_text(f"# {TITLE}\n\n{text}\n")
    call_command("ingest", str(folder), brand=SLUG, publish=True)
