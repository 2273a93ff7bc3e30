from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "concierge.gaps"
    verbose_name = "Curation"
