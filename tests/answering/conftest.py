from tests.answering.shelf import archive, shelve
from tests.answering.stock import shelf, stock
from tests.house import provider, served_provider

__all__ = ["archive", "provider", "served_provider", "shelf", "shelve", "stock"]
