"""The only way out of the archive into the web.

from archive.web import get, polite     # get(url) once; polite.get(url) as a good guest
"""

from archive.web.door import Door
from archive.web.errors import ComeBackLaterError, ForbiddenAddressError, WebError
from archive.web.request import Page, get

__all__ = ["ComeBackLaterError", "Door", "ForbiddenAddressError", "Page", "WebError", "get"]
