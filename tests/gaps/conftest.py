from tests.answering.shelf import archive, shelve

__all__ = ["archive", "shelve"]
