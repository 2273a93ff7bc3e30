"""One file from standard input, its blocks as JSON on standard output, within limits.

    python -m archive.ingestion.parse NAME < FILE

Whatever the file does to this process, nothing else is lost: it can take no more memory or time
than given here, write no file, and knows no secret.
"""

import json
import resource
import sys
from contextlib import suppress

GIGABYTE = 1 << 30
LIMITS = {
    resource.RLIMIT_AS: GIGABYTE,
    resource.RLIMIT_CPU: 120,  # seconds
    resource.RLIMIT_FSIZE: 0,  # bytes written to files
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 64,
}


def main() -> None:
    for limit, value in LIMITS.items():
        with suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(limit, (value, value))
    sys.stdout.write(answer(sys.stdin.buffer.read(), sys.argv[1]))


def answer(data: bytes, name: str) -> str:
    """The parsed file, or {"error": one sentence}."""
    from archive.ingestion.parse.blocks import ParseError
    from archive.ingestion.parse.registry import read

    try:
        return read(data, name).to_json()
    except ParseError as error:
        return json.dumps({"error": str(error)})
    except MemoryError:
        return json.dumps({"error": "Reading this file takes more memory than one file may have."})


if __name__ == "__main__":
    main()
