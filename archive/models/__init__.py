from archive.models.brand import Brand
from archive.models.document import Document, DocumentVersion
from archive.models.ingestion import IngestionItem, IngestionRun
from archive.models.passage import Lexeme, Passage, PassageEmbedding

__all__ = [
    "Brand",
    "Document",
    "DocumentVersion",
    "IngestionItem",
    "IngestionRun",
    "Lexeme",
    "Passage",
    "PassageEmbedding",
]
