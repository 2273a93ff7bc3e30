"""Makes the fixtures and the truth beside them: python -m bench.fidelity.make [NAME...]

Takes Chromium, LibreOffice, the IPA, DejaVu and Liberation typefaces, and pyphen beside what the
tests use. The files are kept with the tests, so that nobody else needs any of these.
"""

import json
import sys
from pathlib import Path

from bench.fidelity.office_files import books, office
from bench.fidelity.parts import Made, truth
from bench.fidelity.printed_files import pdfs
from bench.fidelity.unseen_files import unseen
from bench.fidelity.written_files import pages, texts

FOLDER = Path("tests/fidelity/files")
UNSEEN = Path("tests/fidelity/unseen")


def make(folder: Path, every: list[Made]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, language, tool, parts, maker in every:
        data = maker()
        if isinstance(data, str):
            data = data.encode()
        (folder / name).write_bytes(data)
        known = truth(parts, language, tool, repeat=not name.endswith(".pdf"))
        text = json.dumps(known, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n")
        print(f"{name}: {len(data):,} bytes")


def main() -> None:
    only = sys.argv[1:]
    tuned = [*pdfs(), *office(), *books(), *pages(), *texts()]
    for folder, every in ((FOLDER, tuned), (UNSEEN, unseen())):
        make(folder, [each for each in every if not only or each[0] in only])


if __name__ == "__main__":
    main()
