"""The walls around clients: a client's own rows are let through to them, and to their house."""

from archive.wall.policies import BROWSER, OF_BRAND, USER, VISITORS, behind, of_brand, wall
from concierge.clients import models

wall(models.Client, of_brand(own=f"{OF_BRAND} AND user_id = {USER}"))
wall(
    models.Visitor,
    of_brand(own=f"{OF_BRAND} AND (id = ANY ({VISITORS}) OR browser = {BROWSER})"),
)
for model in (models.Key, models.Consent, models.Memory, models.Note):
    wall(model, behind(models.Visitor, "visitor_id", own=True))
wall(models.DayCount, of_brand())
