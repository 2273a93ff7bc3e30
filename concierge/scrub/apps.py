from django.apps import AppConfig


class ScrubConfig(AppConfig):
    name = "concierge.scrub"
    verbose_name = "The disks"
