from archive.models.brand import Brand
from archive.models.document import Document, DocumentVersion
from archive.models.embedder import EmbedderInUse
from archive.models.ingestion import IngestionItem, IngestionRun
from archive.models.passage import Lexeme, Passage, PassageEmbedding

__all__ = [
    "Brand",
    "Document",
    "DocumentVersion",
    "EmbedderInUse",
    "IngestionItem",
    "IngestionRun",
    "Lexeme",
    "Passage",
    "PassageEmbedding",
]
