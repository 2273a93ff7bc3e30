from django.apps import AppConfig

from concierge.redaction.recognise import own_forms


class AnsweringConfig(AppConfig):
    name = "concierge.answering"

    def ready(self) -> None:
        """Raises ImproperlyConfigured: patterns that cannot be read would hide nothing."""
        own_forms()
