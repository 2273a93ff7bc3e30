from django.apps import AppConfig


class ApprovedConfig(AppConfig):
    name = "concierge.approved"
    verbose_name = "Curation"

    def ready(self) -> None:
        from archive.review import uses
        from concierge.approved import citing, embed  # noqa: F401  it names what has vectors

        uses.register(citing.uses)
