from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "concierge.operations"

    def ready(self) -> None:
        from concierge.operations import heartbeat

        heartbeat.connect()
