"""Benches arrange and count rows of every house; what they ask of the product narrows itself."""

from archive.wall.scope import EVERYTHING, set_for_process

set_for_process(EVERYTHING)
