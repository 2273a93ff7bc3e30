from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "concierge.chat"

    def ready(self) -> None:
        from archive.review import uses
        from concierge.chat import citing

        uses.register(citing.uses)
        uses.register_questions(citing.questions)
