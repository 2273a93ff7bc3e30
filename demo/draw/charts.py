"""The ruled silks: wind atlas, selvedge, hundred threads, river and comb."""

from math import cos, pi, sin
from random import Random

from .gardens import framed, selvedge, tile
from .lettering import lettered
from .palette import Colourway, mix
from .plants import place
from .svg import Pt, circle, dots, group, heading, line, num, path, polar, poly, rect, sample, smooth, strokes

WINDS = [
    "MISTRAL", "TRAMONTANE", "WILLIWAW", "NORTHER", "BORA", "BOURANE", "BISE", "LA BENOITE",
    "BURLE", "GREGAL", "LEVANT", "LOMBARDE", "CHAMAL", "MOUSSON", "ETESIEN", "FOEHN",
    "SIROCCO", "KHAMSIN", "SIMOUN", "OSTRO", "BRICKFIELDER", "HARMATTAN", "MARIN", "AUTAN",
    "LIBECCIO", "PONANT", "PAMPERO", "ZONDA", "ALIZE", "CERS", "TRAVERSE", "CHINOOK",
]  # fmt: skip


def rose(centre: Pt, radius: float, c: Colourway, points: int = 32) -> str:
    """A compass rose, two-toned as engravers did it; 8, 16 or 32 points."""
    parts = []
    levels = [(p, (1.0, 0.88, 0.74, 0.66)[i]) for i, p in enumerate(x for x in (4, 8, 16, 32) if x <= points)]
    for count, reach in reversed(levels):
        half = {4: 0.36, 8: 0.26, 16: 0.16, 32: 0.09}[count]
        light, dark = (c.accent, c.deep) if count in (4, 16) else (c.pale, c.main)
        left: list[str] = []
        right: list[str] = []
        for k in range(count):
            if count > 4 and k % 2 == 0:
                continue
            angle = -pi / 2 + k * 2 * pi / count
            tip = polar(radius * reach, angle, centre)
            for side, into in ((-1, left), (1, right)):
                into.append(poly([centre, polar(radius * 0.24 + radius * reach * 0.06, angle + side * half, centre), tip], True))
        parts.append(path("".join(left), light, stroke=c.line, sw=0.9) + path("".join(right), dark, stroke=c.line, sw=0.9))
    hub = circle(centre, radius * 0.11, c.accent, stroke=c.line, sw=1.4) + circle(centre, radius * 0.06, c.pale, stroke=c.line, sw=1)
    north = path(poly([centre, polar(radius * 0.3, -pi / 2 - 0.36, centre), polar(radius, -pi / 2, centre)], True), "#A5332A", stroke=c.line, sw=0.9)
    return "".join(parts) + north + hub


def _stream(bearing: float, spin: int, far: float, radius: float, lines: int, c: Colourway) -> str:
    """A wind: lines that run round the rose together, then roll up on a hub."""
    hub = polar(far, bearing, (450, 450))
    out = []
    for k in range(lines):
        reach = radius - 9 * k
        tail = [polar(far - reach + 6 * (3 - i), bearing - spin * (0.2 + 0.17 * i), (450, 450)) for i in range(3, -1, -1)]
        coil = [polar(reach * (1 - 0.062 * i), bearing + pi - spin * 0.6 * i, hub) for i in range(15 - 2 * k)]
        out.append(smooth([*tail, *coil]))
    return line("".join(out), mix(c.main, c.deep, 0.3), 1.7, stroke_linecap="round") + line(out[1], c.accent, 2.4, stroke_linecap="round")


def _border_names(c: Colourway) -> str:
    out, cells = [], []
    for side in range(4):
        names = WINDS[side * 8 : side * 8 + 8]
        d = "".join(lettered(name, (122 + 656 * (k + 0.5) / 8, 67), min(12, 76 / len(name)), 1.9) for k, name in enumerate(names))
        cells.append(group(line(d, c.line if c.pale > "#C" else c.pale, 1.3, stroke_linecap="round", stroke_linejoin="round"), transform=f"rotate({side * 90} 450 450)"))
        ticks = [[(122 + 656 * k / 8, 48), (122 + 656 * k / 8, 86)] for k in range(9)]
        out.append(group(strokes(ticks, c.accent, 2.4), transform=f"rotate({side * 90} 450 450)"))
    return "".join(out + cells)


def _rhumbs(c: Colourway) -> str:
    nodes = [(450.0, 450.0)] + [polar(316, k * pi / 4 + pi / 8, (450, 450)) for k in range(8)]
    rays = [[node, polar(900, k * pi / 16, node)] for n, node in enumerate(nodes) for k in range(32) if n == 0 or k % 2 == 0]
    return group(strokes(rays, c.main, 0.6, opacity=0.55), clip_path="url(#field)")


def atlas_square(c: Colourway) -> str:
    clip = '<clipPath id="field"><rect x="110" y="110" width="680" height="680"/></clipPath>'
    streams = "".join(
        _stream(pi / 4 + k * pi / 2, 1, 356, 92, 5, c) + _stream(k * pi / 2 + 0.3, -1, 292, 42, 3, c) + _stream(k * pi / 2 - 0.22, 1, 296, 34, 2, c)
        for k in range(4)
    )
    swell = "".join(
        f"M{num(x)} {num(y)}q7 -8 14 0t14 0t14 0"
        for y in range(134, 790, 34) for x in range(124 + (y // 34 % 2) * 40, 740, 92)
    )  # fmt: skip
    ring = circle((450, 450), 226, mix(c.ground, c.pale, 0.25), stroke=c.line, sw=1.4) + circle((450, 450), 214, stroke=c.accent, sw=3.0) + circle((450, 450), 204, stroke=c.line, sw=0.9)
    degrees = strokes([[polar(204, k * pi / 90, (450, 450)), polar(196 if k % 5 else 188, k * pi / 90, (450, 450))] for k in range(180)], c.line, 0.9)
    corners = "".join(rect((x - 36, y - 36), 72, 72, c.deep, stroke=c.accent, sw=2.0) + rose((x, y), 32, c, 8) for x in (73, 827) for y in (73, 827))
    return (
        f"<defs>{clip}</defs>" + rect((0, 0), 900, 900, c.ground) + line(swell, c.second, 1.1) + _rhumbs(c) + group(streams, clip_path="url(#field)") + ring + degrees
        + rose((450, 450), 186, c) + framed(c.pale, 37, 97) + rect((37, 37), 826, 826, stroke=c.line, sw=1.4) + rect((97, 97), 706, 706, stroke=c.line, sw=1.4)
        + rect((104, 104), 692, 692, stroke=c.accent, sw=3.0) + _border_names(c) + corners + selvedge(c)
    )  # fmt: skip


def selvedge_square(c: Colourway) -> str:
    """The border drawn over and over until a palm of plain silk is left."""
    rules = []
    inset, gap, k = 48.0, 10.0, 0
    while inset < 330:
        side = 900 - 2 * inset
        rules.append(rect((inset, inset), side, side, stroke=(c.accent, c.pale, c.main)[k % 3], sw=3.4 - 0.06 * k, rx=num(k * 1.3)))
        rules.append(rect((inset + 5.4, inset + 5.4), side - 10.8, side - 10.8, stroke=c.line, sw=1.6, rx=num(k * 1.3)))
        inset, gap, k = inset + gap, gap + 0.55, k + 1
    plain = rect((350, 350), 200, 200, mix(c.ground, c.pale, 0.08), rx="40")
    return rect((0, 0), 900, 900, c.ground) + "".join(rules) + plain + selvedge(c, band=26)


def comb(c: Colourway, pins: int = 11) -> str:
    """The séran, about 120 wide, centred: a board, two rows of pins, two nails."""
    back = strokes([[(-46 + 92 * k / (pins - 1) + 4, -6), (-46 + 92 * k / (pins - 1) + 4, -46)] for k in range(pins - 1)], c.main, 2.2, stroke_linecap="round")
    front = "".join(poly([(x - 2.6, -4), (x - 0.6, -56), (x + 0.6, -56), (x + 2.6, -4)], True) for x in (-46 + 92 * k / (pins - 1) for k in range(pins)))
    board = path("M-60 -6C-40 -10 40 -10 60 -6L56 14C36 20 -36 20 -56 14Z", c.accent, stroke=c.line, sw=1.6)
    grain = strokes([[(-50, 1), (-12, 0)], [(8, 4), (50, 2)], [(-44, 9), (30, 11)]], c.line, 0.8)
    return back + path(front, c.pale, stroke=c.line, sw=0.8) + board + grain + dots([(-50, 5), (50, 5)], 2.4, c.line)


def comb_square(c: Colourway) -> str:
    """The comb in a close repeat, pins up, pins down."""
    return rect((0, 0), 900, 900, c.ground) + comb_tile(c) + rect((0, 0), 900, 900, "url(#combs)") + framed(c.deep, 26, 44) + rect((48, 48), 804, 804, stroke=c.accent, sw=2.0) + selvedge(c, band=26)


def comb_tile(c: Colourway) -> str:
    up = group(comb(c), transform=place((37, 50), 0, 0.56))
    down = group(comb(c), transform=place((112, 26), 180, 0.56))
    return tile("combs", 150, 84, up, down)


def plain_square(c: Colourway) -> str:
    """A plain field with the border at its proper scale and one comb."""
    weave = strokes([[(x, 880), (x + 860, 20)] for x in range(-840, 900, 9)], c.main, 0.5, opacity=0.35)
    rules = rect((70, 70), 760, 760, stroke=c.accent, sw=9.0) + rect((84, 84), 732, 732, stroke=c.line, sw=4.0)
    inner = rect((110, 110), 680, 680, stroke=c.main, sw=1.2)
    return rect((0, 0), 900, 900, c.ground) + weave + framed(c.deep, 24, 62) + rules + inner + group(comb(c), transform=place((704, 742), 0, 1.05)) + selvedge(c)


def thread_colours(c: Colourway, count: int) -> list[str]:
    """`count` neighbouring shades through the inks of a colourway."""
    stops = [c.deep, c.main, c.accent, mix(c.accent, c.main, 0.5), c.second, c.main, c.deep]
    out = []
    for k in range(count):
        at = k / (count - 1) * (len(stops) - 1)
        low = min(int(at), len(stops) - 2)
        out.append(mix(stops[low], stops[low + 1], at - low))
    return out


def thread_square(c: Colourway) -> str:
    """One hundred threads drawn freehand, in four sheaves of twenty-five."""
    rng = Random(2014)
    low, high = 64.0, 836.0
    parts = []
    for sheaf in range(4):
        for k, tone in enumerate(thread_colours(c, 25)):
            t = k / 24
            a, b = (low + (high - low) * t, low), (high, low + (high - low) * t)
            turned = f"rotate({90 * sheaf} 450 450)"
            hand = [(a[0] + (b[0] - a[0]) * s + rng.uniform(-2, 2), a[1] + (b[1] - a[1]) * s + rng.uniform(-2, 2)) for s in (0.25, 0.5, 0.75)]
            parts.append(f'<path d="{smooth([a, *hand, b])}" stroke="{tone}" transform="{turned}"/>')
    knots = dots([(low + (high - low) * k / 24, y) for k in range(25) for y in (low, high)], 3.2, c.accent) + dots([(x, low + (high - low) * k / 24) for k in range(25) for x in (low, high)], 3.2, c.accent)
    second = group(*parts, stroke_width="2.6", fill="none")
    inner = group(second, transform="translate(450 450) rotate(45) scale(.46) translate(-450 -450)")
    star = circle((450, 450), 118, c.ground) + circle((450, 450), 118, stroke=c.accent, sw=2.0) + circle((450, 450), 110, stroke=c.line, sw=1.0)
    return rect((0, 0), 900, 900, c.ground) + rect((44, 44), 812, 812, stroke=c.main, sw=1.2) + second + inner + star + group(comb(c), transform=place((450, 470), 0, 1.2)) + knots + selvedge(c)


def river_field(c: Colourway, width: float = 900, height: float = 900, gap: float = 15) -> str:
    """The surface of the Saône as lines; they part round five still places."""
    stones: list[tuple[Pt, float]] = [((220, 200), 90.0), ((640, 300), 120.0), ((330, 560), 130.0), ((730, 690), 90.0), ((130, 800), 70.0)]
    tones = (c.main, c.second, c.pale, c.main, c.accent)
    out: dict[str, list[str]] = {}
    for k in range(int(height / gap) + 2):
        points = []
        for i in range(19):
            x, y = i * width / 18, k * gap + 9 * sin(i * 0.9 + k * 0.21) + 5 * sin(i * 1.7 - k * 0.13)
            for (sx, sy), r in stones:
                near = max(0.0, 1 - ((x - sx) ** 2 / (2.6 * r) ** 2 + (y - sy) ** 2 / r**2))
                y += (1 if y > sy else -1) * near * near * r * 0.22
            points.append((x, y))
        out.setdefault(tones[k % 5 if k % 9 else 4], []).append(smooth(points))
    glints = dots([polar(26 * k % 60, k * 2.4, at) for at, _ in stones for k in range(6)], 2.0, c.pale)
    return rect((0, 0), width, height, c.ground) + "".join(line("".join(d), tone, 2.2) for tone, d in out.items()) + glints


def salt_field(c: Colourway) -> str:
    """Woven linen: a salt stripe on a fine tabby."""
    weave = tile("tabby", 8, 8, rect((0, 0), 8, 8, c.ground), line("M0 2H4M4 6H8", c.main, 1.1), line("M2 4V8M6 0V4", c.second, 1.1))
    stripes = "".join(rect((0, y), 900, 10, c.pale, opacity=0.9) + rect((0, y + 18), 900, 3, c.pale, opacity=0.9) for y in range(90, 900, 110))
    return weave + rect((0, 0), 900, 900, "url(#tabby)") + stripes


def star_of(points: int, centre: Pt, radius: float) -> str:
    """A plain star outline, used on small goods."""
    return poly([polar(radius if k % 2 == 0 else radius * 0.4, -pi / 2 + k * pi / points, centre) for k in range(points * 2)], True)


def wander(seed: int, start: Pt, end: Pt, swing: float) -> str:
    """A loose thread between two points."""
    rng = Random(seed)
    angle = heading(start, end)
    between = [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in (0.2, 0.4, 0.6, 0.8)]
    return smooth(sample([start, *(polar(rng.uniform(-swing, swing), angle + pi / 2, p) for p in between), end], 3))


def ripple_line(start: Pt, length: float, height: float, waves: int) -> str:
    return smooth([(start[0] + length * i / (waves * 4), start[1] - height * sin(i * pi / 2) * cos(i * 0.06)) for i in range(waves * 4 + 1)])
