"""The walls of what a house has written itself."""

from archive.wall.policies import FOR_AUDIENCE, OF_BRAND, behind, of_brand, wall
from concierge.approved import models

SAID = f"{FOR_AUDIENCE} AND status = 'live' AND (expires IS NULL OR expires > now())"

wall(models.ApprovedAnswer, of_brand(reader=SAID))
# Whether its answer may be said is asked of the answer; here all of a house's are compared.
wall(models.Wording, of_brand(reader=OF_BRAND))
wall(models.WordingEmbedding, of_brand(reader=OF_BRAND))
wall(models.Quotation, behind(models.ApprovedAnswer, "answer_id", read=True))
wall(models.ShownPiece, behind(models.ApprovedAnswer, "answer_id", read=True))
