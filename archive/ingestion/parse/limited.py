"""Parsing in a process of its own: a file that breaks it breaks nothing else."""

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

from archive.ingestion.parse.blocks import Parsed, ParseError

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 180  # seconds; the process itself may use 120 of processor time
BROKEN = "This file could not be read: it is damaged or made to do harm."
SLOW = "This file could not be read: it takes too long."

log = logging.getLogger(__name__)


def parse(data: bytes, name: str) -> Parsed:
    """What the file called `name` holds. Raises ParseError with a sentence for a curator."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the name is one argument
            [sys.executable, "-m", "archive.ingestion.parse", name],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ParseError(SLOW) from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        log.warning("parser ended", extra={"status": done.returncode, "last": last[:200]})
        slow = done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}
        raise ParseError(SLOW if slow else BROKEN)
    if error := json.loads(done.stdout).get("error"):
        raise ParseError(error)
    return Parsed.from_json(done.stdout.decode())
