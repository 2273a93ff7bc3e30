from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The pages of the desk that look at answers: above the chat, which writes them."""

    name = "concierge.console"
    verbose_name = "Console"
