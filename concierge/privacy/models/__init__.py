"""What the house keeps of having kept its word."""

from concierge.privacy.models.aside import Export, SetAside
from concierge.privacy.models.erasure import BrowserSession, Erasure, LedgerMark

__all__ = ["BrowserSession", "Erasure", "Export", "LedgerMark", "SetAside"]
