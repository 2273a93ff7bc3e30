"""Gloves and mittens, cut from one outline."""

from math import cos, pi, sin

from .hide import Hide, hatch, hide, lisiere, panel, stitches, stud
from .palette import darker, lighter
from .plate import clip, gradient, ground, plate, shadow
from .svg import Pt, between, dots, group, line, num, path, polar, rect, smooth, strokes

# Fingers from the little one to the index: root left, root right, length, lean.
FINGERS = [(-92.0, -48.0, 150.0, -0.11), (-46.0, 0.0, 190.0, -0.04), (2.0, 48.0, 204.0, 0.02), (50.0, 94.0, 174.0, 0.08)]


def _finger(a: Pt, b: Pt, length: float, lean: float, cut: bool) -> list[Pt]:
    """The outline of one finger from root a round the tip to root b."""
    up, half = -pi / 2 + lean, (b[0] - a[0]) / 2
    mid = polar(length, up, between(a, b, 0.5))
    if cut:
        low = polar(length * 0.34, up, between(a, b, 0.5))
        return [a, polar(half * 0.98, up - pi / 2, low), polar(half * 0.98, up + pi / 2, low), b]
    sides = [polar(half * w, up + s * pi / 2, polar(length * t, up, between(a, b, 0.5))) for s, w, t in ((-1, 0.98, 0.4), (-1, 0.84, 0.8), (-1, 0.5, 0.96))]
    back = [polar(half * w, up + pi / 2, polar(length * t, up, between(a, b, 0.5))) for w, t in ((0.5, 0.96), (0.84, 0.8), (0.98, 0.4))]
    return [a, *sides, polar(3, up, mid), *back, b]


def outline(cuff: float, wrist: float = 70, mouth: float = 92, cut: bool = False) -> str:
    """A right glove seen from the back; knuckles at y = 0, cuff end at y = cuff."""
    points: list[Pt] = []
    for left, right, length, lean in FINGERS:
        drop = 14 * (abs((left + right) / 2) / 70) ** 2
        points += _finger((left, drop), (right, drop), length, lean, cut)
    thumb: list[Pt] = [(98, 58), (110, 92), (130, 66), (144, 18), (156, -20), (176, -28), (190, -8), (184, 48), (166, 116), (126, 180)]
    if cut:
        thumb = [(100, 60), (114, 92), (138, 70), (152, 44), (188, 62), (180, 116), (132, 178)]
    low: list[Pt] = [(wrist + 14, 216), (wrist, 256), (mouth * 0.92, cuff * 0.72 + 60), (mouth, cuff)]
    points += [*thumb, *low, (mouth * 0.3, cuff + 7), (-mouth * 0.4, cuff + 7), (-mouth, cuff), (-mouth * 0.92, cuff * 0.72 + 60), (-wrist, 256), (-96, 170), (-100, 70)]
    return smooth(points, True, 7)


def _seams(leather: Hide, cuff: float, cut: bool = False) -> str:
    """Three points on the back, the fourchettes and the thumb."""
    points = "".join(stitches(smooth([(x, 24), (x * 0.86, 80), (x * 0.7, 138)]), leather, 4) for x in (-48, 1, 50))
    between_fingers = line("".join(smooth([(x, 8), (x - 2, -20), (x - 4 + x * 0.04, -96)]) for x in (-47, 1, 49)), leather.edge, 1.6, opacity=0.6)
    thumb = line(smooth([(108, 70), (84, 110), (84, 150), (120, 184)]), leather.edge, 1.8) + stitches(smooth([(102, 72), (78, 110), (78, 152), (114, 190)]), leather, 4)
    creases = strokes([[(-66 + k * 3, 240 + k * 9), (58 - k * 8, 244 + k * 9)] for k in range(3)], leather.edge, 1, opacity=0.4)
    knuckles = line("".join(smooth([(x - 12, -4 - 40), (x, -50), (x + 12, -44)]) for x in (-74, -24, 26, 74)), leather.edge, 1, opacity=0.4)
    shade = hatch((-84, 90), 40, 130, 7, leather.edge, -0.4, 0.3) + hatch((146, 40), 26, 70, 7, leather.edge, -0.5, 0.3)
    gleam = line("".join(smooth([(x - 8, -110), (x - 10, -70), (x - 8, -30)]) for x in (-70, -22, 26, 76)), lighter(leather.base, 0.6), 5, opacity=0.28, stroke_linecap="round")
    if cut:
        gleam = between_fingers = knuckles = ""
    return shade + gleam + between_fingers + points + thumb + creases + knuckles + (lisiere(f"M-84 {num(cuff - 22)}Q0 {num(cuff - 14)} 84 {num(cuff - 22)}", 3, 6))


def _adele(leather: Hide) -> str:
    buttons = stud((70, 330), 6) + stud((68, 300), 6)
    lining = path("M-92 350Q0 372 92 350L88 362Q0 382 -88 362Z", "#E9D2A0", stroke=leather.edge, sw=1)
    return lining + panel(outline(350), leather) + _seams(leather, 350) + line("M62 350C56 320 58 300 62 280", leather.edge, 1.6) + buttons


def _etienne(leather: Hide) -> str:
    lining = path("M-96 340Q0 360 96 340L94 366Q0 386 -94 366Z", "#B9AFA0", stroke=leather.edge, sw=1)
    rib = strokes([[(-88 + k * 8, 350 + 10 * cos((k - 11) / 8)), (-88 + k * 8, 362 + 12 * cos((k - 11) / 8))] for k in range(23)], "#7E7466", 1.4)
    return lining + rib + panel(outline(342, 84, 96), leather) + _seams(leather, 342)


def _driving(leather: Hide) -> str:
    eye = "M-62 150C-30 104 30 104 62 150C30 192 -30 192 -62 150Z"
    holes = dots([(x + dx, -26 + dy) for x in (-72, -24, 26, 74) for dx in (-10, 0, 10) for dy in (-10, 4)], 2.6, leather.edge)
    body = panel(outline(300, 78, 86), leather) + _seams(leather, 298)
    opening = path(eye, darker(leather.base, 0.72), stroke=leather.edge, sw=2) + stitches("M-74 150C-34 94 34 94 74 150C34 204 -34 204 -74 150Z", leather, 5)
    tab = path("M-30 226h96q14 10 0 20h-96Z", "url(#side)", stroke=leather.edge, sw=1.6) + stud((56, 236), 7)
    return body + opening + holes + tab


def _mitten(leather: Hide) -> str:
    wave = [(-84 + k * 8.4, 120 + 9 * sin(k * 1.2)) for k in range(21)]
    waves = "".join(line(smooth([(x, y + dy) for x, y in wave]), "#D59A2A", 2.4, stroke_dasharray="6 3") for dy in (0, 20, 40))
    hems = line("".join(smooth([(a + 3, -reach * 0.24), ((a + b) / 2, -reach * 0.25), (b - 3, -reach * 0.24)]) for a, b, reach, _ in FINGERS), "#D59A2A", 2, stroke_dasharray="5 3")
    return panel(outline(320, 78, 88, True), leather) + _seams(leather, 318, True) + waves + hems


def _shearling(leather: Hide) -> str:
    wool = "#F3ECDC"
    curls: list[Pt] = [polar(10, k * 2.4, (-108 + (k % 19) * 12, 316 + (k // 19) * 13)) for k in range(114)]
    cuff = path("M-112 312Q0 296 112 312Q128 350 116 392Q0 408 -116 392Q-128 350 -112 312Z", wool, stroke=darker(wool, 0.35), sw=1.6)
    fleece = "".join(f"M{num(x - 6)} {num(y)}a6 6 0 1 1 9 4" for x, y in curls)
    toggle = rect((60, 268), 52, 13, "#8A6A44", rx="6", stroke="#3B2A18", sw=1.2) + line("M84 281Q80 300 62 306", leather.edge, 3)
    edge = lisiere("M-76 302Q0 290 76 302", 2.6, 5)
    return panel(outline(340, 92, 104), leather) + _seams(leather, 300) + cuff + line(fleece, darker(wool, 0.22), 1.5, clip_path="url(#cuff)") + edge + toggle


def _evening(leather: Hide) -> str:
    body = outline(640, 62, 92)
    folds = line("".join(smooth([(-66 + (k % 2) * 12, 270 + k * 44), (0, 282 + k * 44), (64 - (k % 3) * 10, 268 + k * 44)]) for k in range(8)), leather.edge, 1.4, opacity=0.35)
    slit = path("M36 214C46 236 46 266 36 292C28 266 28 236 36 214Z", darker(leather.base, 0.6), stroke=leather.edge, sw=1.2)
    pearls = "".join(stud((24, 226 + 24 * k), 4.6, "silver") for k in range(3))
    return panel(body, leather) + _seams(leather, 640) + folds + slit + pearls


MAKES = {
    "gants-adele": (_adele, 1.12, 350), "gants-etienne": (_etienne, 1.16, 350), "gants-navette": (_driving, 1.22, 300),
    "mitaines-saone": (_mitten, 1.36, 320), "gants-premiere-neige": (_shearling, 1.05, 390), "gants-du-soir-1931": (_evening, 0.86, 640),
}  # fmt: skip
HANDLES = tuple(MAKES)


def draw(handle: str, colour: str, others: list[str]) -> str:
    """A pair: the left glove behind, the right one laid across it."""
    leather = hide(colour)
    make, scale, cuff = MAKES[handle]
    glove = group(make(leather), id="glove")
    lift = 470 - (cuff - 200) / 2 * scale
    fringe = clip("cuff", "M-112 312Q0 296 112 312Q128 350 116 392Q0 408 -116 392Q-128 350 -112 312Z")
    outer = outline(cuff, cut=handle == "mitaines-saone")
    behind = f"translate(300 {num(lift + 20)}) rotate(-13) scale({-scale:g} {scale:g})"
    front = f"translate(478 {num(lift)}) rotate(11) scale({scale:g})"
    return plate(
        ground(400, 872, 300, 30), group(shadow(outer, 6, 12, 0.3), transform=behind), f'<use href="#glove" transform="{behind}"/>',
        group(shadow(outer, -6, 12, 0.42), transform=front), f'<use href="#glove" transform="{front}"/>',
        defs=leather.defs() + glove + fringe + gradient("lining", [(0, "#EEE", 1), (1, "#CCC", 1)]),
    )  # fmt: skip

