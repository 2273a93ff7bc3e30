"""What the house keeps of having kept its word."""

from concierge.privacy.models.aside import Export, SetAside
from concierge.privacy.models.erasure import BrowserSession, Erasure, LedgerMark
from concierge.privacy.models.retention import Hold, Period

__all__ = ["BrowserSession", "Erasure", "Export", "Hold", "LedgerMark", "Period", "SetAside"]
