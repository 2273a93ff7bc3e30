from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from archive.upgrade import catching_up
        from catalog import embed, search  # noqa: F401  `embed` names products among what has vectors
        from catalog.models import CatalogName

        catch_up = catching_up(CatalogName, search.unlearned, search.refresh)
        post_migrate.connect(catch_up, sender=self, weak=False)
