"""The wall around what was asked in vain: words of clients, for their house alone."""

from archive.wall.policies import behind, of_brand, wall
from concierge.gaps.models import Asking, Gap

wall(Gap, of_brand())
wall(Asking, behind(Gap, "gap_id"))
