"""Documents brought in and cleaned, on real services."""

from pathlib import Path

import pytest


@pytest.fixture
def bring(brand, media, tmp_path):
    """Bring a file in, from the row to its end; gives its document."""
    from archive.ingestion.gather import Incoming
    from archive.ingestion.run import start

    from .works import finish

    def bring(content, name="page.html", **asked):
        path = Path(tmp_path, name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        finish(run := start(brand, [Incoming(path, name, {})], **asked))
        return run.items.get().document

    return bring
