"""A ruling-pen capital alphabet, so that no plate needs a font."""

from .svg import Pt, poly

# Strokes on a grid 4 wide and 6 high; digits are x then y.
_STROKES = {
    "A": "06 20 46,14 34", "B": "06 00 30 41 32 02,32 44 36 06", "C": "41 30 10 01 05 16 36 45",
    "D": "00 06 26 44 42 20 00", "E": "40 00 06 46,03 33", "F": "40 00 06,03 33",
    "G": "41 30 10 01 05 16 36 45 43 23", "H": "00 06,40 46,03 43", "I": "20 26", "J": "40 45 36 16 05",
    "K": "00 06,40 03 46", "L": "00 06 46", "M": "06 00 24 40 46", "N": "06 00 46 40",
    "O": "10 01 05 16 36 45 41 30 10", "P": "06 00 30 41 42 33 03", "Q": "10 01 05 16 36 45 41 30 10,24 46",
    "R": "06 00 30 41 42 33 03,23 46", "S": "41 30 10 01 02 44 45 36 16 05", "T": "00 40,20 26",
    "U": "00 05 16 36 45 40", "V": "00 26 40", "W": "00 16 22 36 40", "X": "00 46,40 06",
    "Y": "00 23 40,23 26", "Z": "00 40 06 46", " ": "",
}  # fmt: skip


def lettered(text: str, centre: Pt, height: float, spacing: float = 1.6) -> str:
    """Path data for capitals centred on a point; strokes only."""
    unit = height / 6
    advance = (4 + spacing) * unit
    left = centre[0] - (advance * len(text) - spacing * unit) / 2
    out = []
    for i, letter in enumerate(text):
        for stroke in filter(None, _STROKES[letter].split(",")):
            points = [(left + i * advance + int(p[0]) * unit, centre[1] - height / 2 + int(p[1]) * unit) for p in stroke.split()]
            out.append(poly(points))
    return "".join(out)
