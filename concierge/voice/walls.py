"""The wall around how a house speaks."""

from archive.wall.policies import OF_BRAND, of_brand, wall
from concierge.voice.models import VoiceVersion

wall(VoiceVersion, of_brand(reader=OF_BRAND))
