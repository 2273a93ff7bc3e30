from archive.models.brand import Brand
from archive.models.change import Change
from archive.models.document import Document, DocumentVersion
from archive.models.drop import Boilerplate, Drop
from archive.models.embedder import EmbedderInUse
from archive.models.ingestion import IngestionItem, IngestionRun
from archive.models.likeness import Alike, Comparing, Likeness, Signature
from archive.models.notice import Notice
from archive.models.passage import Lexeme, Passage, PassageEmbedding
from archive.models.proposal import Proposal
from archive.models.source import Listing, Source
from archive.models.word import Word

__all__ = [
    "Alike",
    "Boilerplate",
    "Brand",
    "Change",
    "Comparing",
    "Document",
    "DocumentVersion",
    "Drop",
    "EmbedderInUse",
    "IngestionItem",
    "IngestionRun",
    "Lexeme",
    "Likeness",
    "Listing",
    "Notice",
    "Passage",
    "PassageEmbedding",
    "Proposal",
    "Signature",
    "Source",
    "Word",
]
