from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "concierge.gaps"
    verbose_name = "Curation"

    def ready(self) -> None:
        from archive.review import uses
        from concierge.gaps import nearest

        uses.register(nearest.uses)
