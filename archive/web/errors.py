"""What can go wrong on the way to a page.

    WebError                    nothing usable came
      ForbiddenAddressError     this address is never asked: it is not on the open web
      ComeBackLaterError        the site wants to be left alone until `until`

The text of each is one plain sentence for a curator.
"""

from datetime import datetime


class WebError(Exception):
    """A page that did not come; `permanent` tells whether asking again can help."""

    def __init__(self, sentence: str, *, permanent: bool = False) -> None:
        super().__init__(sentence)
        self.permanent = permanent


class ForbiddenAddressError(WebError):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, permanent=True)


class ComeBackLaterError(WebError):
    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.until = until
