"""Who runs the services, and the directories that must be theirs alone."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from concierge.operations import addresses


class ServiceError(Exception):
    """An embedded service cannot run; the message is one plain sentence for a person."""


@dataclass(frozen=True)
class Account:
    """The user and group the services run as: the caller's, or unprivileged ones for root."""

    uid: int
    gid: int

    @property
    def is_caller(self) -> bool:
        return self.uid == os.geteuid()

    def command(self, program: Path, arguments: list[str], *paths: Path) -> list[str]:
        """`program` as this account, which reaches `paths` even below directories closed to it.

        PostgreSQL refuses to run as root, and a clone below /root is closed to everyone else.
        So the account is lent the one capability to pass closed doors, and only then; without
        `no_setuid_fixup` the kernel would leave that capability out of access(2).
        """
        own = [str(program), *arguments]
        if self.is_caller:
            return own
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise ServiceError(
                "PostgreSQL does not run as root and `setpriv` (util-linux) is missing: "
                "install it, or run as an ordinary user."
            )
        lent = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        if all(open_to_all(path) for path in (program, *paths)):
            lent = []
        else:
            lent.insert(0, "--securebits=+no_setuid_fixup")
        ids = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        return [setpriv, *ids, *lent, "--", *own]

    def own(self, directory: Path) -> None:
        """Make `directory` if it is missing, closed to everyone but this account."""
        if not directory.exists():
            directory.mkdir(mode=0o700, parents=True)
            os.chown(directory, self.uid, self.gid)
        owner = directory.stat().st_uid
        if owner != self.uid:
            raise ServiceError(
                f"The directory {directory} belongs to {user_name(owner)}: run as that user, "
                "or name another data directory with CONCIERGE_DATA_DIR."
            )
        directory.chmod(0o700)


def open_to_all(path: Path) -> bool:
    """Whether any user may pass through every directory above `path`."""
    return all(above.stat().st_mode & stat.S_IXOTH for above in path.parents)


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def choose(data_dir: Path) -> Account:
    """The caller; for root, the owner of the existing data, or an unprivileged user."""
    if os.geteuid():
        return Account(os.geteuid(), os.getegid())
    kept = data_dir / "postgres"
    if kept.exists():
        info = kept.stat()
        if info.st_uid:
            return Account(info.st_uid, info.st_gid)
        raise ServiceError(
            f"The data directory {kept} belongs to root, as whom PostgreSQL does not run: give it "
            f"to another user (chown -R nobody '{data_dir}')."
        )
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ServiceError("PostgreSQL does not run as root, and there is no user `nobody` to run as.")


def claim_sockets(data_dir: Path, account: Account) -> Path:
    """The socket directory, made ours; refused when somebody else made it first.

    It lies in a directory where everyone may write, so it is trusted only when it is a real
    directory of the account's own.
    """
    directory = addresses.socket_dir(data_dir)
    if not os.path.lexists(directory):
        directory.mkdir(mode=0o700)
        os.chown(directory, account.uid, account.gid)
    info = directory.lstat()
    if not stat.S_ISDIR(info.st_mode) or info.st_uid != account.uid:
        raise ServiceError(
            f"{directory} belongs to {user_name(info.st_uid)}, not to this product: "
            "remove it, or name another data directory with CONCIERGE_DATA_DIR."
        )
    directory.chmod(0o700)
    return directory
