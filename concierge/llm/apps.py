from django.apps import AppConfig


class LLMConfig(AppConfig):
    name = "concierge.llm"
    verbose_name = "Models"
