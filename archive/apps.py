from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self) -> None:
        from archive import search, steps  # noqa: F401  the steps' system check registers itself
        from archive.ingestion import reembed  # noqa: F401  it names passages among what has vectors
        from archive.models import Word
        from archive.upgrade import catching_up

        catch_up = catching_up(Word, search.unlearned, search.refresh)
        post_migrate.connect(catch_up, sender=self, weak=False)
