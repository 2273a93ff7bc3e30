"""The walls around conversations: those of a client, and those of a house."""

from archive.wall.policies import OF_BRAND, VISITORS, behind, of_brand, wall
from concierge.chat import models

wall(models.Conversation, of_brand(own=f"{OF_BRAND} AND visitor_id = ANY ({VISITORS})"))
wall(models.Message, behind(models.Conversation, "conversation_id", own=True))
wall(models.Citation, behind(models.Message, "message_id", own=True))
wall(models.Card, behind(models.Message, "message_id", own=True))
