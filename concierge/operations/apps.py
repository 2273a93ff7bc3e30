from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "concierge.operations"

    def ready(self) -> None:
        from concierge.operations import checks, heartbeat  # noqa: F401 - checks register

        heartbeat.connect()
