from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "concierge.privacy"
    verbose_name = "Privacy"
