"""The walls around conversations: those of a client, and those of a house."""

from archive.wall.policies import BRAND, behind, of_brand, wall
from concierge.chat import models

HELD = "EXISTS (SELECT FROM clients_visitor AS held WHERE held.id = {row}.visitor_id)"

wall(models.Conversation, of_brand(own=f"{BRAND} IS NOT NULL AND {HELD}"))
wall(models.Message, behind(models.Conversation, "conversation_id", own=True))
wall(models.Citation, behind(models.Message, "message_id", own=True))
wall(models.Card, behind(models.Message, "message_id", own=True))
