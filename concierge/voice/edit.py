"""A voice is edited: each edit is a version, and taking one back is a version too."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from archive.models import Brand
from concierge.voice.brief import NAMES
from concierge.voice.manner import LONGEST, Manner, as_json
from concierge.voice.models import VoiceVersion


class MeanwhileError(Exception):
    """Somebody else has saved since; the text says so, for a curator."""


class UnfitError(ValueError):
    """This is no voice that anybody could speak in; the text says why."""


def save(brand: Brand, manner: Manner, by: User | None, note: str = "") -> VoiceVersion:
    """The version after `manner.version`, which the edit began from. Raises MeanwhileError, and
    UnfitError for a language nobody writes or a sentence that would fill a page."""
    fit(manner)
    return _written(
        VoiceVersion(
            brand=brand,
            language=manner.language,
            number=manner.version + 1,
            values=as_json(manner),
            note=note,
            by=by,
        )
    )


def fit(manner: Manner) -> None:
    """Raises UnfitError."""
    if manner.language not in NAMES:
        raise UnfitError(f"“{manner.language}” is no language that a voice is written in.")
    said = {**dict(manner.sentences), "character": manner.character}
    said |= {each.name: each.sentence for each in manner.topics}
    said |= {f"{each.name}, {code}": words for each in manner.topics for code, words in each.others}
    for name, words in said.items():
        if len(words) > LONGEST:
            raise UnfitError(f"“{name}” has {len(words)} characters: {LONGEST} at most.")


def restore(earlier: VoiceVersion, by: User | None) -> VoiceVersion:
    """Speak as `earlier` from now on; what came after it stays. Raises MeanwhileError."""
    same = VoiceVersion.objects.of(earlier.brand_id).filter(language=earlier.language)
    latest = same.order_by("-number").values_list("number", flat=True)[0]
    return _written(
        VoiceVersion(
            brand_id=earlier.brand_id,
            language=earlier.language,
            number=latest + 1,
            values=earlier.values,
            restored=earlier.number,
            by=by,
        )
    )


def _written(version: VoiceVersion) -> VoiceVersion:
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:
        raise MeanwhileError(
            "Somebody else has saved this voice since you opened it. Open it again, and make your "
            "change to what they wrote."
        ) from None
    return version
