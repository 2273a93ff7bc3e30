"""The tesseract that a machine has installed, and the languages it has learned."""

import os
import shutil
import subprocess

NAME = "tesseract"
PLACES = os.pathsep.join((os.defpath, "/usr/local/bin", "/opt/homebrew/bin"))
SECONDS = 10  # to name its languages
LEARNED = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "fi": "fin", "fr": "fra", "he": "heb", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor",
    "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "tr": "tur",
    "uk": "ukr", "zh": "chi_sim",
}  # fmt: skip


def program() -> str | None:
    """Where it is, if it is installed."""
    return shutil.which(NAME, path=PLACES)


def languages(program: str, wanted: list[str]) -> str:
    """Its own names of those `wanted`, in ISO 639-1, that it knows; else of what it knows best."""
    done = subprocess.run(  # noqa: S603 - its place was looked up
        [program, "--list-langs"], capture_output=True, timeout=SECONDS, check=False
    )
    known = done.stdout.decode(errors="replace").split("\n")[1:]
    known = [name.strip() for name in known if name.strip() and name.strip() != "osd"]
    found = [LEARNED[each] for each in wanted if LEARNED.get(each) in known]
    return "+".join(found or known[:1] or ["eng"])
