"""The walls around what the house keeps of its erasures."""

from archive.wall.policies import ACCOUNTS, OF_BRAND, Wall, behind, of_brand, stands_open, wall
from concierge.clients.models import Visitor
from concierge.privacy import models

wall(models.Erasure, of_brand())
wall(models.Period, of_brand(reader=OF_BRAND))
wall(models.Hold, of_brand())
stands_open(models.LedgerMark, "a number and a digest of the ledger's")
wall(models.BrowserSession, Wall(own=ACCOUNTS))
for each in (models.SetAside, models.Export):
    wall(each, behind(Visitor, "visitor_id", own=True))
