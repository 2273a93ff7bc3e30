"""A model that does not come to an end: it says one thing again and again, or far too much."""

from concierge.llm.errors import EndlessError

CHARACTERS = 6  # a token at most, on average, of the languages we speak
LOOKED_BACK = 4000  # characters
TAIL = 100  # characters at the end of what was said: nobody says so many twice in one answer
EVERY = 20  # characters between two looks


class Runaway:
    """Hears what a model says to a request for `max_tokens`."""

    def __init__(self, max_tokens: int) -> None:
        self.most = max_tokens * CHARACTERS
        self.length = self._looked = 0
        self._recent = ""

    def heard(self, words: str) -> None:
        """Raises EndlessError when it is caught in a loop or says more than it was asked for."""
        self.length += len(words)
        if self.length > self.most:
            raise EndlessError("more than was asked for")
        self._recent = (self._recent + words)[-LOOKED_BACK:]
        if self.length - self._looked >= EVERY:
            self._looked = self.length
            if self._recent[-TAIL:] in self._recent[:-TAIL]:
                raise EndlessError("a loop")
