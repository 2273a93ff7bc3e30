"""The walls around what a house spends."""

from archive.wall.policies import HOUSES, Wall, of_brand, stands_open, wall
from concierge.llm import models

stands_open(models.Price, "what providers charge, the same for every house")
wall(models.Budget, of_brand())
wall(models.Contract, of_brand())
wall(models.Call, of_brand())
wall(models.Reservation, of_brand())
# `scope` is "brand:ID" or "month:ID" for what a house may see; a visitor's names no house.
PARTS = "split_part(scope, ':', 1) IN ('brand', 'month') AND split_part(scope, ':', 2)"
wall(models.Spending, Wall(f"{PARTS} = ANY ({HOUSES}::text[])"))
