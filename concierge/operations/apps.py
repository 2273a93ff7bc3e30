from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "concierge.operations"
