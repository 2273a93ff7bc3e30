from archive.models.brand import Brand
from archive.models.document import Document, DocumentVersion
from archive.models.embedder import EmbedderInUse
from archive.models.ingestion import IngestionItem, IngestionRun
from archive.models.passage import Lexeme, Passage, PassageEmbedding
from archive.models.word import Word

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
    "Word",
]
