from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "concierge.chat"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from archive.review import uses
        from concierge.chat import citing
        from concierge.clients.models import Visitor
        from concierge.llm.budget import forget_visitor

        uses.register(citing.uses)
        uses.register_questions(citing.questions)
        post_delete.connect(
            lambda instance, **_: forget_visitor(instance.pk.hex),
            sender=Visitor,
            weak=False,
            dispatch_uid="forget_what_a_visitor_cost",
        )
