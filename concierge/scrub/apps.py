from django.apps import AppConfig


class ScrubConfig(AppConfig):
    name = "concierge.scrub"
