"""The wall around who serves which house."""

from archive.wall.policies import behind, of_brand, stands_open, wall
from concierge.accounts.models import Mailbox, Membership, SignedIn
from concierge.clients.models import Visitor

wall(Membership, of_brand())
stands_open(SignedIn, "names of sessions, asked for before it is known whose they are")
wall(Mailbox, behind(Visitor, "visitor_id", own=True))
