from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "concierge.gaps"
    verbose_name = "Curation"

    def ready(self) -> None:
        from archive.review import uses
        from concierge.approved.live import went_live
        from concierge.gaps import nearest, settle

        uses.register(nearest.uses)
        went_live.connect(settle.close)
