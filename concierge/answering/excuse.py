"""A word to the client when the models' budget is spent, where it helps them: nowhere else."""

from collections.abc import Sequence
from dataclasses import replace

from concierge.answering.manners import own
from concierge.answering.support import language
from concierge.answering.turn import Reply, Step, Turn
from concierge.llm.errors import BudgetSpentError

WORDS = {
    "en": "For the moment I can only quote our archive word for word: put another way, your "
    "question may yet find its page.",
    "fr": "Pour l’instant, je ne peux que citer nos archives mot pour mot : posée autrement, votre "
    "question y trouvera peut-être sa page.",
    "it": "Per il momento posso soltanto citare il nostro archivio parola per parola: posta "
    "altrimenti, la domanda vi troverà forse la sua pagina.",
    "de": "Im Augenblick kann ich unser Archiv nur wörtlich zitieren: Anders gestellt, findet Ihre "
    "Frage darin vielleicht noch ihre Seite.",
}


def excused(turn: Turn, reply: Reply, steps: Sequence[Step]) -> Reply:
    """`reply` with a sentence more, where no model was asked for want of money and it refuses.

    A quotation that answers needs no excuse. In the language of the question when we speak it.
    """
    unasked = any(step.reason == BudgetSpentError.reason for step in steps)
    if not (unasked and reply.refused):
        return reply
    codes = (language(turn.question, margin=1), turn.brand.language[:2], "en")
    ours = next(WORDS[code] for code in codes if code in WORDS)
    words = own(turn, "quoting") or ours
    return replace(reply, text=f"{reply.text} {words}")
