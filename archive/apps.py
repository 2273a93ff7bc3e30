from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self) -> None:
        from archive import steps  # noqa: F401  its system check registers itself
        from archive.ingestion import reembed  # noqa: F401  it names passages among what has vectors
        from archive.sources import schedule  # noqa: F401  its receivers register themselves
        from archive.wall import checks, raise_walls  # noqa: F401  its checks register

        raise_walls.connect()
