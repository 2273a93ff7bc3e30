from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "concierge.operations"

    def ready(self) -> None:
        from unfold import fields

        from concierge.operations import checks, heartbeat  # noqa: F401 - checks register
        from concierge.operations.fitted import plain_json

        fields.prettify_json = plain_json
        heartbeat.connect()
