"""The walls around what the house keeps of its erasures."""

from archive.wall.policies import OF_BRAND, behind, of_brand, stands_open, wall
from concierge.clients.models import Visitor
from concierge.privacy import models

wall(models.Erasure, of_brand())
wall(models.Period, of_brand(reader=OF_BRAND))
wall(models.Hold, of_brand())
stands_open(models.LedgerMark, "a number and a digest of the ledger's")
stands_open(models.BrowserSession, "names of sessions, asked for before it is known whose they are")
for each in (models.SetAside, models.Export):
    wall(each, behind(Visitor, "visitor_id", own=True))
