"""How the environment is read, and the secrets that are kept where it names none."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from concierge.operations.embedded.lifecycle import make, plainly

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = os.environ.get


def flag(name: str, default: bool) -> bool:
    return env(name, str(default)).lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def kept_secret(path: Path, make_one: Callable[[], str] = lambda: secrets.token_urlsafe(50)) -> str:
    """The secret in `path`, made on first use, so that sessions survive a restart.

    Raises ServiceError, with a sentence for the operator, when it can be neither read nor made.
    """
    with plainly(path.parent):
        if not path.exists() or not path.stat().st_size:  # a full disk leaves it empty
            make(path.parent)
            path.touch(mode=0o600)
            path.write_text(make_one())
        return path.read_text().strip()
