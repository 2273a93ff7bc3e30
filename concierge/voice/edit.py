"""A voice is edited: each edit is a version, and taking one back is a version too."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from archive.models import Brand
from concierge.voice.manner import Manner, as_json
from concierge.voice.models import VoiceVersion


class MeanwhileError(Exception):
    """Somebody else has saved since; the text says so, for a curator."""


def save(brand: Brand, manner: Manner, by: User | None, note: str = "") -> VoiceVersion:
    """The version after `manner.version`, which the edit began from. Raises MeanwhileError."""
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
