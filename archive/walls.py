"""The walls of the archive's tables."""

from archive import models
from archive.wall.policies import (
    FOR_AUDIENCE,
    HOUSES,
    OF_BRAND,
    WITH_RIGHTS,
    behind,
    of_brand,
    stands_open,
    wall,
)

# A house's name and looks are on its door: who may enter is asked after. Staff has a desk in its
# own house, and none in another.
wall(models.Brand, of_brand("id", reader=f"{HOUSES} IS NULL"))
stands_open(models.EmbedderInUse, "one row for the whole installation: a model's name")

wall(models.Document, of_brand(reader=WITH_RIGHTS))
wall(models.DocumentVersion, behind(models.Document, "document_id", read=True))
wall(models.Passage, of_brand(reader=WITH_RIGHTS))
wall(models.PassageEmbedding, of_brand(reader=FOR_AUDIENCE))
wall(models.Lexeme, of_brand(reader=OF_BRAND))
wall(models.Word, of_brand(reader=OF_BRAND))

for model in (
    models.Boilerplate,
    models.Change,
    models.Comparing,
    models.IngestionRun,
    models.Likeness,
    models.Notice,
    models.Proposal,
    models.Source,
):
    wall(model, of_brand())
wall(models.Alike, behind(models.Likeness, "likeness_id"))
wall(models.Drop, behind(models.Document, "document_id"))
wall(models.IngestionItem, behind(models.IngestionRun, "run_id"))
wall(models.Listing, behind(models.Source, "source_id"))
wall(models.Signature, behind(models.DocumentVersion, "version_id"))
