from tests.house import provider, served_provider

__all__ = ["provider", "served_provider"]
