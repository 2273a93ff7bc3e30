"""The product as it is served, by a process of its own, from the test's own rows."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from urllib.request import urlopen

PATIENCE = "120"  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(provider) -> dict[str, str]:
    """What a served product is told; `provider` is its only model."""
    from django.conf import settings
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    words = conninfo_to_dict(settings.DATABASE_URL)
    words["dbname"] = settings.DATABASES["default"]["NAME"]
    return {
        "DATABASE_URL": make_conninfo(**words),
        "REDIS_URL": settings.REDIS_URL,
        "CONCIERGE_DATA_DIR": str(settings.DATA_DIR),
        "LLM_ORDER": "openai",
        "OPENAI_API_KEY": "a-key",
        "OPENAI_BASE_URL": provider.openai_url,
        "QUESTIONS_PER_MINUTE": "1000",
        "ORPHANS_EVERY": "3600",  # tests have orphans of their own
        # A model waits until the test has looked, however busy the machine is.
        **dict.fromkeys(("LLM_TURN", "LLM_FIRST_TOKEN", "LLM_IDLE", "LLM_WHOLE"), PATIENCE),
    }


@dataclass
class Site:
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "concierge.asgi:application"]
        command += ["--port", str(self.port), "--ws-max-size", "65536", "--no-access-log"]
        command += ["--ws", "concierge.operations.sockets:Served"]
        command += ["--ws-per-message-deflate", "false"]
        command += ["--timeout-graceful-shutdown", "1", "--log-level", "warning"]
        self.process = subprocess.Popen(command, env=os.environ | self.environment)
        deadline = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, "the server ended at once"
            assert time.monotonic() < deadline, "the server does not answer"

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except OSError:
            return False

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        assert self.process
        self.process.terminate()
        self.process.wait(30)
