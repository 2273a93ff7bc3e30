import asyncio
import json
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Brand
from archive.viewer import Audience
from concierge.chat.ask import NotYours, Question, accept
from concierge.chat.models import Message
from concierge.chat.report import as_json
from concierge.chat.write import write


class Command(BaseCommand):
    help = "Ask the concierge one question; with --conversation, as part of that conversation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question")
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--conversation", type=uuid.UUID, help="continue it, or begin it")
        parser.add_argument("--audience", choices=Audience.values, default=Audience.PUBLIC)
        parser.add_argument("--json", action="store_true", help="print the answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand “{options['brand']}”.")
        if not options["question"].strip():
            raise CommandError("The question is empty.")
        question = Question(
            conversation_id=options["conversation"] or uuid.uuid4(),
            text=options["question"].strip(),
            client_key=uuid.uuid4(),
            audience=options["audience"],
        )
        try:
            answer, _ = accept(brand, None, question)
        except NotYours:
            raise CommandError(
                "That conversation belongs to somebody else, or to another audience."
            ) from None
        asyncio.run(write(answer.pk))
        report = as_json(Message.objects.get(pk=answer.pk))
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.show(report)

    def show(self, report: dict[str, Any]) -> None:
        self.stdout.write(report["answer"])
        for cited in report["citations"]:
            page = f", page {cited['page']}" if cited["page"] else ""
            self.stdout.write(f"  [{cited['number']}] {cited['title']}{page}")
        for product in report["products"]:
            form = f", {product['form']}" if product["form"] else ""
            self.stdout.write(f"  {product['title']}{form}: {product['price']}")
        self.stdout.write(f"  ({report['rung']}, conversation {report['conversation']})")
