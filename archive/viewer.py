"""Who is asking: a brand and the audiences they may read."""

from dataclasses import dataclass

from django.db import models


class Audience(models.TextChoices):
    """Who may see a document, from the widest to the narrowest."""

    PUBLIC = "public", "Public"
    CLIENT = "client", "Clients"
    ADVISOR = "advisor", "Advisors"
    ATELIER = "atelier", "Atelier"


@dataclass(frozen=True, slots=True)
class Viewer:
    """One reader of one brand. Built by `reading`, asked by every `visible_to`."""

    brand_id: int
    audiences: frozenset[str]

    @classmethod
    def reading(cls, brand_id: int, audience: str = Audience.PUBLIC) -> "Viewer":
        """The viewer who reads `audience` and every wider one.

        Raises ValueError for an audience that does not exist.
        """
        ladder = [str(step) for step in Audience.values]
        return cls(brand_id, frozenset(ladder[: ladder.index(audience) + 1]))
