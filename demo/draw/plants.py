"""Ferns, mulberry, datura, jasmine and the moths that visit them."""

from itertools import pairwise
from math import cos, pi, sin
from random import Random

from .heron import feather
from .palette import Colourway, mix
from .svg import (
    Pt,
    between,
    circle,
    dots,
    ellipse,
    group,
    heading,
    line,
    num,
    path,
    polar,
    poly,
    sample,
    smooth,
    strokes,
    turn,
)


def place(at: Pt, degrees: float = 0, scale: float = 1) -> str:
    """A transform that moves, turns and scales, written short."""
    return f"translate({num(at[0])} {num(at[1])}) rotate({num(degrees)}) scale({scale:.2f})"


def frond(spine: list[Pt], pairs: int, reach: float, lobed: bool, fill: str, edge: str) -> str:
    """A fern frond along a spine: pinnae shorten to the tip and lean forward."""
    mid = sample(spine, 12)
    leaves, shafts = [], []
    for i in range(pairs):
        t = 0.14 + 0.84 * i / pairs
        index = min(int(t * (len(mid) - 1)), len(mid) - 2)
        root, angle = mid[index], heading(mid[index], mid[index + 1])
        length = reach * sin(pi * (0.16 + 0.84 * t)) ** 0.8
        for side in (-1, 1):
            tip = polar(length, angle + side * (1.15 - 0.35 * t), root)
            leaves.append(_pinna(root, tip, reach * 0.062 + length * 0.05, lobed, side))
            shafts.append([root, between(root, tip, 0.86)])
    return (
        path("".join(leaves), fill, stroke=edge, sw=0.8)
        + strokes(shafts, edge, 0.7)
        + line(smooth(spine), edge, 2.4, stroke_linecap="round")
    )


def _pinna(root: Pt, tip: Pt, width: float, lobed: bool, side: int) -> str:
    angle, length = heading(root, tip), ((tip[0] - root[0]) ** 2 + (tip[1] - root[1]) ** 2) ** 0.5
    if not lobed:
        shape: list[Pt] = [(0, 0), (length * 0.3, -width), (length * 0.75, -width * 0.7), (length, side * width * 0.2)]
        shape += [(length * 0.75, width * 0.7), (length * 0.3, width)]
        return smooth([turn((root[0] + x, root[1] + y), angle, root) for x, y in shape], True)
    count = max(4, int(length / 10))
    upper = [(length * (i + k) / count, -width * 1.25 * (1 - i / count) * h) for i in range(count) for k, h in ((0.1, 0.45), (0.6, 1.0))]
    lower = [(x, -y) for x, y in reversed(upper)]
    return poly([turn((root[0] + x, root[1] + y), angle, root) for x, y in [(0.0, 0.0), *upper, (length, 0.0), *lower]], True)


def crozier(at: Pt, size: float, turns: float, flip: int, colour: str, sw: float) -> str:
    """A young frond still rolled up, seen from the side."""
    spiral = []
    for i in range(26):
        t = i / 25
        spiral.append(polar(size * (1 - 0.9 * t), pi + turns * 2 * pi * t, (size, -size * 2.6)))
    stem = [(0.0, 0.0), (-size * 0.1, -size * 1.3), *spiral]
    hairs = [[p, polar(size * 0.16, heading((size, -size * 2.6), p), p)] for p in spiral[:18:2]]
    inner = line(smooth(stem), colour, sw, stroke_linecap="round") + strokes(hairs, colour, sw * 0.35)
    return group(inner, transform=f"translate({num(at[0])} {num(at[1])}) scale({flip} 1)")


def mulberry_leaf(lobes: int, fill: str, edge: str, vein: str) -> str:
    """A leaf about 100 wide and 130 high, stalk at (0, 60); 0, 1 or 2 cut lobes."""
    right: list[Pt] = [(0, 42), (26, 52), (48, 34), (50, 4), (36, -30), (14, -58), (0, -76)]
    if lobes >= 1:
        right = [(0, 42), (26, 54), (50, 34), (46, 8), (22, 4), (42, -14), (36, -40), (14, -60), (0, -78)]
    left = [(-x, y) for x, y in reversed(right[1:-1])]
    if lobes == 1:
        left = [(-x, y) for x, y in reversed([(26.0, 52.0), (48, 34), (50, 4), (36, -30), (14, -58)])]
    outline = _toothed(sample([*right, *left, right[0]], 5))
    veins = [[(0, 40), polar(52, -pi / 2 + s * a, (0, y))] for a, y in ((1.15, 34), (0.8, 16), (0.66, -6)) for s in (-1, 1)]
    veins = [[(0.0, b[1] + 26), between((0, b[1] + 26), b, 0.8)] for _, b in veins]
    small = [[between(a, b, t), polar(11, heading(a, b) + s * 0.9, between(a, b, t))] for a, b in veins for t in (0.4, 0.7) for s in (-1, 1)]
    return (
        path(outline, fill, stroke=edge, sw=1.2)
        + line("M0 74C2 60 0 50 0 40V-70", edge, 2)
        + strokes(veins, vein, 1.3)
        + strokes(small, vein, 0.7)
    )


def _toothed(points: list[Pt]) -> str:
    middle = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
    toothed: list[Pt] = []
    for a, b in pairwise(points):
        out = polar(3.4, heading(middle, between(a, b, 0.65)), between(a, b, 0.7))
        toothed += [a, out]
    return poly(toothed, True)


def mulberry_fruit(colour: str, edge: str, shine: str) -> str:
    """A fruit about 26 by 40, hanging from (0, -24)."""
    parts = [line("M0 -24V-38", edge, 1.6)]
    for row in range(6):
        y = -18 + row * 7
        half = (7, 10, 11.5, 11, 8.5, 4)[row]
        for k in range(3):
            x = (-1 + k) * half * 0.85
            parts.append(circle((x, y + (2 if k != 1 else 0)), 5.4, colour, stroke=edge, sw=0.9))
        parts.append(circle((-1.5, y - 1.5), 1.3, shine))
    return "".join(parts)


def jasmine(c: Colourway, size: float = 16) -> str:
    """A five-petalled flower centred on the origin."""
    petals = [feather((0, 0), polar(size, -pi / 2 + k * 2 * pi / 5), size * 0.27, 0.06) for k in range(5)]
    return path("".join(p for p, _ in petals), c.pale, stroke=c.line, sw=0.8) + line("".join(s for _, s in petals), c.main, 0.6) + circle((0, 0), size * 0.14, c.accent)


def broad_leaf(length: float, width: float, fill: str, vein: str, edge: str) -> str:
    """A pointed leaf from the origin to (length, 0), with side veins."""
    outline, shaft = feather((0, 0), (length, 0), width, 0.05)
    side = [[(length * t, length * 0.05 * sin(pi * t)), (length * (t + 0.16), s * width * 0.82 * sin(pi * (t * 0.8 + 0.2)))] for t in (0.1, 0.22, 0.34, 0.46, 0.58, 0.7) for s in (-1, 1)]
    return path(outline, fill, stroke=edge, sw=1) + strokes(side, vein, 0.9) + line(shaft, vein, 1.4)


def trumpet(c: Colourway) -> str:
    """A datura flower hanging from the origin, about 150 long, mouth down."""
    bell = "M-7 34C-8 62 -16 92 -44 118C-52 126 -62 132 -64 142C-46 140 -40 146 -30 158C-20 148 -10 146 0 164C10 146 20 148 30 158C40 146 46 140 64 142C62 132 52 126 44 118C16 92 8 62 7 34Z"
    calyx = "M-5 0C-11 12 -12 30 -9 44L0 38L9 44C12 30 11 12 5 0Z"
    pleats = [smooth([(x * 0.12, 44), (x * 0.3, 92), (x, 140 + 10 * (abs(x) < 35))]) for x in (-48, -30, -16, 0, 16, 30, 48)]
    hatch = [[(18 + i * 3.2, 96 + i * 4.4), (6 + i * 3.4, 100 + i * 4.2)] for i in range(9)]
    return (
        path(bell, c.pale, stroke=c.line, sw=1.3)
        + line("".join(pleats), mix(c.main, c.pale, 0.2), 1)
        + strokes(hatch, c.main, 0.7)
        + path("M-44 118C-20 130 20 130 44 118C52 126 62 132 64 142C46 140 40 146 30 158C20 148 10 146 0 164C-10 146 -20 148 -30 158C-40 146 -46 140 -64 142C-62 132 -52 126 -44 118Z", mix(c.pale, c.accent, 0.28), stroke=c.line, sw=1.1)
        + line("".join(smooth([(x * 0.5, 128), (x, 142 + 12 * (abs(x) < 40))]) for x in (-60, -30, 0, 30, 60)), c.accent, 1.2)
        + path(calyx, c.second, stroke=c.line, sw=1)
    )


def moth(c: Colourway) -> str:
    """A moth with its wings open, about 300 wide, centred on the origin."""
    fore = smooth([(8, -24), (50, -62), (104, -88), (150, -92), (146, -62), (126, -26), (96, 2), (50, 8), (10, 0)], True)
    hind = smooth([(8, -4), (48, 0), (92, 10), (112, 36), (98, 66), (66, 80), (34, 70), (14, 40)], True)
    veins = [[(10, -14), p] for p in ((142.0, -84.0), (138, -60), (126, -36), (104, -10), (70, 4))]
    hind_veins = [[(12, 8), p] for p in ((104.0, 24.0), (106, 46), (90, 64), (62, 74), (36, 66))]
    bands = [smooth([(118 - k * 13, -86 + k * 5), (110 - k * 11, -58 + k * 6), (94 - k * 10, -28 + k * 5), (74 - k * 9, 2)]) for k in range(4)]
    rim = dots([polar(1, 0, p) for p in sample([(146, -82), (138, -56), (120, -26), (92, 0)], 4)], 2.2, c.pale)
    eye = circle((92, -46), 15, c.pale, stroke=c.line, sw=1.4) + circle((92, -46), 9.5, c.accent) + circle((92, -46), 4.5, c.line)
    eye2 = circle((72, 42), 13, c.accent, stroke=c.line, sw=1.3) + circle((72, 42), 7, c.deep) + circle((70, 40), 2, c.pale)
    half = group(
        path(hind, mix(c.accent, c.main, 0.55), stroke=c.line, sw=1.4), strokes(hind_veins, c.line, 0.7),
        line(smooth([(100, 30), (92, 58), (62, 70), (34, 62)]), c.pale, 2.4, stroke_dasharray="5 4"), eye2,
        path(fore, c.main, stroke=c.line, sw=1.5), strokes(veins, c.line, 0.7),
        line(bands[0], c.deep, 5), line(bands[1], c.pale, 1.6), line(bands[2] + bands[3], c.deep, 1.6), rim, eye,
    )  # fmt: skip
    body = path(smooth([(-9, -30), (0, -40), (9, -30), (11, -4), (8, 34), (0, 62), (-8, 34), (-11, -4)], True), c.pale, stroke=c.line, sw=1.4)
    rings = strokes([[(-9 + k * 0.7, 4 + k * 8), (9 - k * 0.7, 4 + k * 8)] for k in range(7)], c.deep, 2.2)
    antenna = smooth([(3, -38), (16, -64), (36, -82), (54, -88)])
    comb = strokes([[p, (p[0] + 8, p[1] + 7)] for p in sample([(6, -46), (16, -64), (36, -82), (50, -87)], 4)], c.line, 0.9)
    feelers = line(antenna, c.line, 1.6) + comb
    return half + group(half, transform="scale(-1 1)") + feelers + group(feelers, transform="scale(-1 1)") + body + rings


def moon(centre: Pt, radius: float, c: Colourway, seed: int = 4) -> str:
    """A full moon with stippled seas and an engraved limb."""
    rng = Random(seed)
    arcs = [smooth([polar(radius * (1 - 0.035 * k), a, centre) for a in (0.15 + k * 0.1, 0.7, 1.25, 1.9 - k * 0.1)]) for k in range(1, 8)]
    seas = []
    for at, size in (((-0.35, -0.25), 0.26), ((0.15, -0.4), 0.2), ((0.25, 0.1), 0.3), ((-0.25, 0.35), 0.18)):
        middle = (centre[0] + at[0] * radius, centre[1] + at[1] * radius)
        seas += [polar(radius * size * rng.random() ** 0.6, rng.uniform(0, 2 * pi), middle) for _ in range(46)]
    return circle(centre, radius, c.accent, stroke=c.line, sw=1.5) + circle(centre, radius * 0.94, mix(c.accent, c.pale, 0.55)) + dots(seas, 1.3, mix(c.accent, c.deep, 0.35)) + line("".join(arcs), mix(c.accent, c.deep, 0.4), 1)


def branch(rng: Random, at: Pt, angle: float, length: float, depth: int) -> list[tuple[list[Pt], float]]:
    """A bare tree as segments with half-widths: a small stochastic L-system."""
    bend = rng.uniform(-0.16, 0.16)
    end = polar(length, angle + bend, at)
    out = [([at, polar(length * 0.5, angle - bend * 0.4, at), end], depth * depth * 0.34 + 0.7)]
    if depth == 0:
        return out
    for turned in (rng.uniform(-0.62, -0.28), rng.uniform(0.22, 0.6)):
        out += branch(rng, end, angle + turned, length * rng.uniform(0.68, 0.84), depth - 1)
    return out


def tree(rng: Random, foot: Pt, length: float, depth: int, colour: str, snow: str) -> str:
    """The branches, and snow on the upper side of the thicker ones."""
    parts = branch(rng, foot, -pi / 2, length, depth)
    wood = "".join(line("".join(smooth(p) for p, w in parts if w == width), colour, width * 2, stroke_linecap="round") for width in sorted({w for _, w in parts}, reverse=True))
    laden = [p for p, w in parts if w > 1.2 and abs(cos(heading(p[0], p[2]))) > 0.35]
    cover = line("".join(smooth([(x, y - 2) for x, y in p]) for p in laden), snow, 2.2, stroke_linecap="round")
    return wood + cover


def tuft(at: Pt, size: float, colour: str) -> str:
    return ellipse(at, size, size * 0.6, colour)
