"""The walls around the audit log: a house sees its own deeds, a client who has read theirs."""

from archive.wall.policies import behind, of_brand, only_grows, wall
from concierge.audit.models import Entry, Reading
from concierge.clients.models import Visitor

wall(Entry, of_brand())
only_grows(Entry)
wall(Reading, behind(Visitor, "visitor_id", read=True))
