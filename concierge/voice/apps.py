from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "concierge.voice"
    verbose_name = "Voice"
