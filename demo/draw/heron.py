"""The heron of 1934 and the pond it stands in."""

from math import cos, pi, sin
from random import Random

from .palette import Colourway, darker, mix
from .svg import (
    Pt,
    between,
    circle,
    ellipse,
    group,
    heading,
    line,
    num,
    offset,
    path,
    polar,
    poly,
    ribbon,
    sample,
    smooth,
    spread,
    strokes,
    turn,
)

NECK: list[Pt] = [(262, 432), (214, 396), (180, 350), (176, 304), (204, 256), (226, 212), (222, 168), (190, 146), (160, 144)]
NECK_WIDTHS = [62.0, 46, 34, 27, 23, 20, 19, 24, 17]


def feather(root: Pt, tip: Pt, width: float, bend: float = 0.1) -> tuple[str, str]:
    """A feather's outline and its shaft."""
    angle = heading(root, tip)
    length = ((tip[0] - root[0]) ** 2 + (tip[1] - root[1]) ** 2) ** 0.5

    def at(t: float, side: float) -> Pt:
        curve = bend * length * sin(pi * t)
        return turn((root[0] + length * t, root[1] + side + curve), angle, root)

    outline = [at(0, 0), at(0.25, -width * 0.8), at(0.65, -width), at(0.93, -width * 0.5), at(1, 0)]
    outline += [at(0.9, width * 0.62), at(0.6, width), at(0.2, width * 0.7)]
    return smooth(outline, closed=True), smooth([at(0.02, 0), at(0.5, 0), at(0.97, 0)])


def _row(start: Pt, end: Pt, count: int, reach: tuple[float, float], aim: tuple[float, float], width: float) -> list[tuple[str, str]]:
    """Feathers from start to end; length and angle run between the two values given."""
    out = []
    for i in range(count):
        t = i / (count - 1)
        root = between(start, end, t)
        length = reach[0] + (reach[1] - reach[0]) * t
        angle = aim[0] + (aim[1] - aim[0]) * t
        out.append(feather(root, polar(length, angle, root), width, 0.05))
    return out


def _feathers(row: list[tuple[str, str]], fill: str, edge: str, sw: float = 1.6) -> str:
    parts = []
    for outline, shaft in row:
        parts.append(path(outline, fill, stroke=edge, sw=sw))
        parts.append(line(shaft, edge, sw * 0.6))
    return "".join(parts)


def _wing(c: Colourway) -> str:
    slate, edge = mix(c.main, c.deep, 0.35), c.line
    quills = _row((352, 470), (410, 520), 6, (190, 120), (0.98, 0.72), 13)
    second = _row((392, 486), (284, 452), 8, (125, 150), (0.66, 0.98), 13)
    third = _row((372, 452), (262, 432), 8, (88, 92), (0.56, 0.98), 12)
    coverts = _row((350, 428), (252, 412), 8, (60, 58), (0.5, 1.0), 10)
    return (
        _feathers(quills, mix(c.deep, c.line, 0.35), edge)
        + _feathers(second, slate, edge)
        + _feathers(third, c.main, edge)
        + _feathers(coverts, mix(c.main, c.pale, 0.45), edge, 1.3)
    )


def _body(c: Colourway) -> str:
    outline: list[Pt] = [
        (232, 384), (300, 388), (372, 430), (430, 500), (452, 560), (420, 566),
        (352, 574), (290, 560), (238, 520), (204, 462), (202, 412),
    ]  # fmt: skip
    belly = [smooth([(222 + 9 * i, 492 + 6 * i), (246 + 10 * i, 522 + 5 * i), (262 + 11 * i, 548 + 2 * i)]) for i in range(12)]
    return path(smooth(outline, True), c.pale, stroke=c.line, sw=2.0) + line("".join(belly), c.main, 1.1)


def _legs(c: Colourway) -> str:
    thigh = ribbon([(312, 556), (332, 596), (350, 640)], [9, 5, 4.4])
    shank = ribbon([(350, 640), (322, 628), (296, 606)], [4.4, 3, 2.6])
    near = ribbon([(272, 552), (270, 606), (278, 664), (272, 720), (268, 790)], [11, 4.4, 6, 3.4, 3])
    toes = [
        [(268, 788), (236, 800), (212, 802)], [(268, 788), (252, 806), (236, 814)], [(268, 788), (290, 803), (312, 804)],
        [(296, 606), (284, 612), (280, 626)], [(296, 606), (290, 618), (290, 632)],
    ]  # fmt: skip
    tone = mix(c.accent, c.deep, 0.3)
    legs = path(thigh + shank, darker(c.accent, 0.35)) + path(near, tone, stroke=c.line, sw=1)
    rings = strokes([[(268, 690 + 12 * i), (276, 691 + 12 * i)] for i in range(8)], c.line, 0.9)
    return legs + "".join(line(smooth(toe), tone, 4.2, stroke_linecap="round") for toe in toes) + rings


def _neck(c: Colourway) -> str:
    mid = sample(NECK, 6)
    half = spread(NECK_WIDTHS, len(mid))
    sides = smooth(offset(mid, half)[2:42:2]) + smooth(offset(mid, [-w for w in half])[7:40:2])
    bars = []
    for i in range(8, 40, 2):
        x, y = mid[i]
        bars.append(smooth([(x - 13 + i * 0.14, y - 5), (x - 7, y + 2), (x - 8 + i * 0.1, y + 13)]))
    plumes = [
        smooth([(190 + 9 * i, 400 + 7 * i), (186 + 8 * i, 446 + 10 * i), (206 + 5 * i, 492 + 14 * i - 9 * (i % 3))]) for i in range(9)
    ]
    return (
        path(ribbon(NECK, NECK_WIDTHS), c.pale)
        + line(sides, c.line, 2)
        + line("".join(bars), mix(c.main, c.line, 0.35), 2.2, stroke_linecap="round")
        + line("".join(plumes), c.line, 4.6, stroke_linecap="round")
        + line("".join(plumes), c.pale, 3.2, stroke_linecap="round")
    )


def head(c: Colourway) -> str:
    """Beak, cap and eye, beak towards the left, eye at (166, 138)."""
    upper = "M142 128C112 136 68 150 24 164C70 163 112 162 146 156Z"
    lower = "M146 154C112 162 66 165 30 166C68 173 116 173 152 165Z"
    cap = smooth([(146, 126), (176, 104), (210, 108), (246, 134), (318, 188), (252, 160), (214, 138), (180, 124)], True)
    plume = ribbon([(214, 120), (262, 150), (312, 208), (336, 262)], [6, 5, 3, 0.4])
    plume2 = ribbon([(208, 116), (270, 136), (336, 176), (382, 226)], [6, 5, 3, 0.4])
    return (
        path(lower, mix(c.accent, c.deep, 0.28), stroke=c.line, sw=1.2)
        + path(upper, c.accent, stroke=c.line, sw=1.4)
        + line("M124 146C100 151 76 156 54 161", c.line, 1)
        + path(plume, c.line) + path(plume2, c.line) + path(cap, c.line)
        + circle((166, 139), 9, c.accent, stroke=c.line, sw=1.8)
        + circle((165, 139), 4.2, c.line) + circle((163.4, 137.4), 1.4, "#FFFFFF")
        + line("M150 150C160 156 172 156 182 152", c.line, 1.1)
    )  # fmt: skip


SKULL: list[Pt] = [(132, 142), (150, 122), (182, 112), (214, 124), (230, 152), (224, 176), (196, 176), (168, 168), (142, 160)]


def bust(c: Colourway) -> str:
    """Head and neck without the body."""
    return path(smooth(SKULL, True), c.pale, stroke=c.line, sw=2.0) + _neck(c) + head(c)


def heron(c: Colourway) -> str:
    """A heron on its left leg, about 460 wide and 720 high, feet at (290, 800)."""
    return group(_legs(c), _body(c), bust(c), _wing(c), stroke_linejoin="round")


def reed(rng: Random, foot: Pt, height: float, lean: float, c: Colourway) -> str:
    """One reed: a stem, three or four blades and sometimes a seed head."""
    top = (foot[0] + lean, foot[1] - height)
    stem = sample([foot, (foot[0] + lean * 0.2, foot[1] - height * 0.5), top], 10)
    parts = [line(smooth(stem[::5]), c.deep, 3.0)]
    for _ in range(rng.randint(3, 4)):
        at = stem[rng.randint(1, 10)]
        side = rng.choice((-1, 1))
        reach = height * rng.uniform(0.35, 0.6)
        tip = (at[0] + side * reach * rng.uniform(0.3, 0.62), at[1] - reach * rng.uniform(0.45, 0.85))
        elbow = (at[0] + side * reach * 0.1, at[1] - reach * 0.5)
        blade = ribbon([at, elbow, tip], [1.6, 6.5, 0.3], 2)
        parts.append(path(blade, rng.choice((c.second, mix(c.second, c.main, 0.5), mix(c.second, c.deep, 0.5))), stroke=c.line, sw=0.9))
    if rng.random() < 0.7:
        tip = (top[0] + lean * 0.08, top[1] - height * 0.08)
        parts.append(line(poly([top, tip]), c.deep, 2))
        tuft = stem[17]
        brown = mix(c.accent, c.deep, 0.45)
        parts.append(path(ribbon([tuft, between(tuft, top, 0.5), top], [3, 8.5, 3.5], 2), brown, stroke=c.line, sw=1))
    return "".join(parts)


def ripples(centre: Pt, rings: int, first: float, gap: float, colour: str, sw: float = 1.4) -> str:
    """Flat broken rings on water."""
    out = []
    for i in range(rings):
        rx = first + gap * i
        out.append(
            ellipse(centre, rx, rx * 0.2, stroke=colour, sw=sw, stroke_dasharray=f"{num(rx * 1.3)} {num(10 + i * 7)} {num(rx * 0.5)} {num(16)}")
        )
    return group(*out)


def dragonfly(at: Pt, angle: float, c: Colourway, size: float = 1.0) -> str:
    wings = []
    for bend, reach in ((-1.15, 44), (-1.75, 40), (1.15, 44), (1.75, 40)):
        outline, shaft = feather((0, 0), polar(reach, bend), 5.5, 0)
        wings.append(path(outline, c.pale, stroke=c.line, sw=0.9, fill_opacity=0.8) + line(shaft, c.line, 0.6))
    body = path(ribbon([(14, 0), (6, 0), (-20, 0), (-56, 4)], [4, 5, 2.6, 1.6], 2), c.accent, stroke=c.line, sw=0.9)
    degrees = num(angle * 180 / pi)
    return group(*wings, body, circle((16, 0), 4.6, c.deep), transform=f"translate({num(at[0])} {num(at[1])}) rotate({degrees}) scale({num(size)})")


def lily(at: Pt, radius: float, c: Colourway, flower: bool = False) -> str:
    """A water-lily leaf lying on the water, with a notch, perhaps a flower."""
    cut = 0.28
    edge = [polar(radius, cut + (2 * pi - 2 * cut) * i / 18) for i in range(19)]
    leaf = smooth([(p[0], p[1] * 0.42) for p in edge]) + "L0 0Z"
    veins = [[(0, 0), (p[0] * 0.86, p[1] * 0.36)] for p in edge[1::2]]
    parts = [path(leaf, c.second, stroke=c.line, sw=1.3), strokes(veins, c.main, 0.9)]
    if flower:
        for i in (-3, 3, -2, 2, -1, 1, 0):
            tip = (sin(i * 0.42) * radius * 0.62, -cos(i * 0.36) * radius * 0.62)
            outline, shaft = feather((0, 0), tip, radius * 0.14, 0)
            parts.append(path(outline, c.pale, stroke=c.line, sw=1) + line(shaft, c.main, 0.7))
    return group(*parts, transform=f"translate({num(at[0])} {num(at[1])})")
