"""Discretions for tests that call a provider."""

from concierge.answering.discreet import Discreet
from concierge.redaction.veil import Veil

# For tests of anything else: hides what has a form, and knows nobody.
PLAIN = Discreet(Veil())
