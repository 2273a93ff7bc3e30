"""An object store or another file system, by an fsspec address: s3://bucket/press, sftp://...

What a store needs beside fsspec (s3fs for S3, gcsfs for Google, adlfs for Azure, paramiko for
SFTP) is installed by the house that has one; its keys are read from where that package looks for
them, never from the address.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import Any

import fsspec
from django.conf import settings

from archive.ingestion.fetch import LARGEST
from archive.ingestion.gather import LONGEST_KEY
from archive.ingestion.parse.registry import is_supported, kinds
from archive.models import Source
from archive.sources.kind import MOST, Brought, Entry, Known, SourceError, place

# What a store may say of a file that changes with it; the first that it says is taken.
MARKS = ("ETag", "etag", "md5Hash", "content_md5", "LastModified", "last_modified", "updated",
         "mtime", "modified", "date_time", "created")  # fmt: skip

# The errors of stores' packages that are no errors of Python's own.
FOREIGN = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("gcsfs.retry", "HttpError"),
    ("azure.core.exceptions", "AzureError"),
    ("paramiko.ssh_exception", "SSHException"),
)

NO_ADDRESS = "“{}” is no address of a store: write it as s3://bucket/folder."
SIGNED = "The address holds a name or password: leave them to the machine's own settings."
CLOSED = "Stores with {}:// are not read here: the operator can allow them."
UNREAD = "“{}” cannot be read: {}."


class Store:
    """Every readable file below an address."""

    delay = 0.0

    def __init__(self, source: Source) -> None:
        self.address = source.address.strip().rstrip("/")
        self.notes: list[str] = []
        self.whole = True
        self.files, self.root = opened(self.address)

    def entries(self) -> Iterator[Entry]:
        found = self.listed()
        unread = 0
        for number, (path, said) in enumerate(sorted(found.items())):
            if number == MOST:
                self.notes.append(f"Only the first {MOST:,} files are read.")
                self.whole = False
                return
            key = self.key_of(path)
            if any(part.startswith(".") for part in PurePosixPath(key).parts):
                continue
            if not is_supported(key):
                unread += 1
            elif len(key) > LONGEST_KEY:
                self.notes.append(f"{key[:60]}…: the path is too long")
            else:
                yield self.entry(key, path, said)
        if unread:
            self.notes.append(f"{unread:,} files of other kinds are left there ({kinds()} come in)")

    def listed(self) -> dict[str, Mapping[str, Any]]:
        try:
            found: dict[str, Mapping[str, Any]] = self.files.find(
                self.root, withdirs=False, detail=True
            )
            if not found and not self.files.exists(self.root):
                raise SourceError(f"There is nothing at {self.address}.")
        except refusals() as error:
            raise SourceError(UNREAD.format(self.address, said_of(error))) from error
        return found

    def key_of(self, path: str) -> str:
        root = self.root.strip("/")
        bare = path.strip("/")
        if bare == root:
            return PurePosixPath(bare).name
        return bare.removeprefix(f"{root}/") if root else bare

    def entry(self, key: str, path: str, said: Mapping[str, Any]) -> Entry:
        mark = next((str(said[name]) for name in MARKS if said.get(name)), "")
        size = said.get("size")
        stamp = f"{mark} {size}" if mark else ""
        if len(stamp) > 200:
            stamp = hashlib.sha256(stamp.encode()).hexdigest()
        return Entry(key, path, stamp, size, PurePosixPath(key).name)

    def fetch(self, entry: Entry, known: Known, folder: Path) -> Brought | None:
        path = place(folder, entry.file_name)
        try:
            if entry.size is not None and entry.size > LARGEST:
                raise SourceError(f"This file is larger than {LARGEST >> 20} MB.")
            with self.files.open(entry.address, "rb") as source, path.open("wb") as copy:
                copyfileobj(source, copy, 1 << 20)
        except refusals() as error:
            raise SourceError(UNREAD.format(entry.key, said_of(error))) from error
        return Brought(path, entry.file_name, f"{self.files.unstrip_protocol(entry.address)}")


def opened(address: str) -> tuple[Any, str]:
    """The file system of `address`, and the path in it. Raises SourceError."""
    protocols = [part.partition("://")[0] for part in address.split("::") if "://" in part]
    chained = [part for part in address.split("::") if "://" not in part]
    if not protocols or not address or any("/" in part for part in chained):
        raise SourceError(NO_ADDRESS.format(address))
    for protocol in [*protocols, *chained]:
        if protocol not in settings.STORE_PROTOCOLS:
            raise SourceError(CLOSED.format(protocol))
    if any("@" in part.partition("://")[2].partition("/")[0] for part in address.split("::")):
        raise SourceError(SIGNED)
    try:
        files, root = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise SourceError(
            f"Reading {protocols[0]}:// needs a package that is not installed: {error}."
        ) from error
    except refusals() as error:
        raise SourceError(UNREAD.format(address, said_of(error))) from error
    return files, str(root)


def refusals() -> tuple[type[Exception], ...]:
    """What a store may raise; of packages that are not loaded, nothing can come."""
    loaded = [(sys.modules.get(module), name) for module, name in FOREIGN]
    found = [getattr(module, name, None) for module, name in loaded if module]
    return (OSError, ValueError, RuntimeError, *(each for each in found if each))


def said_of(error: Exception) -> str:
    """The first line of what a store's package says, without its full stop."""
    said = str(error).strip().partition("\n")[0][:200].rstrip(".")
    return said or type(error).__name__
