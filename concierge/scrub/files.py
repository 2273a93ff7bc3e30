"""The product's own log files, and what was left half written among the uploads."""

import shutil
import time
from pathlib import Path

from concierge.scrub.rewrite import Told, counted

DAY = 86400.0  # seconds
LOGS_KEPT = 14 * DAY  # until a log is put aside, and again until that is removed
HALF_WRITTEN = "tmp*"  # as `tempfile` names what has yet to be given its own name


def tidy(data_dir: Path, media: Path) -> Told:
    """Put logs aside and remove old ones; remove uploads that were never finished."""
    told = Told()
    if turned := sum(turn(log) for log in sorted((data_dir / "log").glob("*.log"))):
        told.done.append(f"{counted(turned, 'log')} put aside.")
    if removed := remove_half_written(media):
        told.done.append(f"{counted(removed, 'unfinished file')} removed.")
    return told


def turn(log: Path) -> bool:
    """Whether it was put aside; a program that has it open goes on at its beginning."""
    old = log.with_suffix(".log.1")
    if old.exists() and old.stat().st_mtime > time.time() - LOGS_KEPT:
        return False
    old.unlink(missing_ok=True)
    if not log.stat().st_size:
        return False
    shutil.copyfile(log, old)
    with log.open("r+b") as file:
        file.truncate()
    return True


def remove_half_written(media: Path) -> int:
    """Gives how many; whoever still writes a file has begun it today."""
    count = 0
    for path in media.rglob(HALF_WRITTEN) if media.exists() else ():
        if path.is_file() and path.stat().st_mtime < time.time() - DAY:
            path.unlink(missing_ok=True)
            count += 1
    return count
