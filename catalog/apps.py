from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from archive.likeness import vocabulary
        from catalog import embed  # noqa: F401  it names products among what has vectors
        from catalog.guard import guard_words

        vocabulary.is_told_by(guard_words)
