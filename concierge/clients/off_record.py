"""Conversations that are forgotten when they end."""

from datetime import timedelta

from django.dispatch import Signal

SILENCE = timedelta(minutes=30)  # after the last word, a conversation off the record is over

# Sent with `visitor`, who is off the record and whose conversation has ended: whoever keeps
# anything of them forgets it.
ended = Signal()
