"""What a browser's page shows, merged from what it is sent as concierge.js does."""

import re
from dataclasses import dataclass, field

ARTICLE = re.compile(r'<article id="message-(\d+)"([^>]*)>(.*?)</article>', re.S)
WORDS = re.compile(r'<div class="words" id="words-(\d+)" data-at="(\d+)">(.*?)</div>', re.S)
ATTRIBUTE = re.compile(r'data-(at|state)="([^"]*)"')
OPEN = ("pending", "streaming")


@dataclass
class Article:
    at: int
    state: str
    words_at: int
    words: str


@dataclass
class Page:
    """Answers by number of their row. `seen` is every (answer, place, words) that was sent."""

    answers: dict[int, Article] = field(default_factory=dict)
    seen: set[tuple[int, int, str]] = field(default_factory=set)
    went_back: int = 0

    def reload(self) -> None:
        """Everything is drawn anew; what was seen stays seen."""
        self.answers.clear()

    def take(self, html: str) -> None:
        """Merge a frame, a reply or a whole page: nothing goes back to an older state."""
        for found in ARTICLE.finditer(html):
            number, named = int(found[1]), dict(ATTRIBUTE.findall(found[2]))
            if "state" in named:
                self._article(number, int(named["at"]), named["state"])
        for found in WORDS.finditer(html):
            self._words(int(found[1]), int(found[2]), found[3])

    def _article(self, number: int, at: int, state: str) -> None:
        shown = self.answers.setdefault(number, Article(at, state, -1, ""))
        if at >= shown.at:
            shown.at, shown.state = at, state

    def _words(self, number: int, at: int, words: str) -> None:
        self.seen.add((number, at, words))
        shown = self.answers.get(number)
        if shown is None:
            return
        if at < shown.words_at:
            self.went_back += 1  # and was left
        else:
            shown.words_at, shown.words = at, words

    @property
    def has_ended(self) -> bool:
        """Whether there are answers, and none is still to come."""
        return bool(self.answers) and all(
            each.state not in OPEN and each.words_at == each.at for each in self.answers.values()
        )

    @property
    def furthest(self) -> int:
        return max((each.words_at for each in self.answers.values()), default=-1)
