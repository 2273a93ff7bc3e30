"""The sentence beside the composer: what sending a question agrees to, or what was decided."""

from dataclasses import dataclass

from archive.models import Brand
from archive.wall.scope import everything
from concierge.clients.consent import is_current, last_decision, permitted_by
from concierge.clients.models import Purpose, Visitor
from concierge.clients.spoken import spoken
from concierge.clients.wording import Words, words_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """`is_open`: sending is the yes to `words`. Otherwise it was said before, yes or no."""

    words: Words  # in the language of the page
    is_open: bool
    permitted: bool


def agreement(brand: Brand, visitor: Visitor | None) -> Agreement:
    words = words_of(brand, Purpose.SERVE, spoken())
    if visitor is None:
        return Agreement(words, is_open=True, permitted=False)
    with everything():  # of one person, by whichever of their browsers they decided
        last = last_decision(visitor, Purpose.SERVE)
    if not is_current(last, visitor, Purpose.SERVE):
        return Agreement(words, is_open=True, permitted=False)
    allowed = permitted_by(last, visitor, Purpose.SERVE)
    return Agreement(words, is_open=False, permitted=allowed)
