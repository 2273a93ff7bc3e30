"""An answer as plain values, for scripts."""

from typing import Any

from catalog.face import Face
from concierge.chat.models import Message


def as_json(answer: Message) -> dict[str, Any]:
    """The answer with its citations and pieces; offsets are into the document's text."""
    citations = answer.citations.select_related("version__document")
    return {
        "answer": answer.text,
        "citations": [
            {
                "number": cited.number,
                "document": cited.version.document.key,
                "title": cited.version.document.title,
                "cited_text": cited.cited_text,
                "start": cited.start,
                "end": cited.end,
                "page": cited.page,
            }
            for cited in citations
        ],
        "products": [
            product_json(card.face) for card in answer.cards.select_related("product", "variant")
        ],
        "rung": answer.rung,
        "refused": answer.refused,
        "support": None if answer.support is None else round(answer.support, 4),
        "state": answer.state,
        "steps": answer.steps,
        "timings_ms": answer.timings_ms,
        "conversation": str(answer.conversation_id),
    }


def product_json(face: Face) -> dict[str, Any]:
    """`variant` and `form` are empty for a piece as a whole, whose price is its lowest."""
    return {
        "key": face.product.key,
        "title": face.product.title,
        "variant": face.variant.key if face.variant else "",
        "form": face.form,
        "price": face.price_in("en"),
        "available": face.is_available,
        "image": (face.image or {}).get("url", ""),
        "url": face.product.url,
    }
