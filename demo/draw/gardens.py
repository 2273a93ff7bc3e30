"""The drawn silks: heron, night garden, ferns, mulberry and first snow.

Every pattern fills a square of 900 units, a millimetre of the real carré each.
"""

from math import cos, pi, sin
from random import Random

from .heron import bust, dragonfly, heron, lily, reed, ripples
from .palette import Colourway, lighter, mix
from .plants import broad_leaf, crozier, frond, jasmine, moon, moth, mulberry_fruit, mulberry_leaf, place, tree, trumpet
from .svg import Pt, circle, dots, ellipse, group, line, num, path, polar, rect, smooth, strokes, use


def selvedge(c: Colourway, side: float = 900, band: float = 24) -> str:
    """The signature on every silk: a pale edge with saffron over ink."""
    edge = f"M0 0H{side}V{side}H0ZM{band} {band}V{side - band}H{side - band}V{band}Z"
    rules = rect((9, 9), side - 18, side - 18, stroke="#C98A1B", sw=4.0) + rect((15.5, 15.5), side - 31, side - 31, stroke="#1B1A17", sw=2.0)
    return path(edge, c.pale) + rules


def tile(name: str, width: float, height: float, *parts: str) -> str:
    return f'<pattern id="{name}" width="{num(width)}" height="{num(height)}" patternUnits="userSpaceOnUse">{"".join(parts)}</pattern>'


def framed(fill: str, outer: float, inner: float, **given: object) -> str:
    """A square frame between two insets."""
    far, near = 900 - outer, 900 - inner
    return path(f"M{outer} {outer}H{far}V{far}H{outer}ZM{inner} {inner}V{near}H{near}V{inner}Z", fill, **given)


def _scales(c: Colourway) -> str:
    arcs = "".join(f"M0 {18 + k * 5}C8 {6 + k * 5} 24 {6 + k * 5} 32 {18 + k * 5}" for k in range(3))
    offset = "".join(f"M-16 {2 + k * 5}C-8 {-10 + k * 5} 8 {-10 + k * 5} 16 {2 + k * 5}M16 {2 + k * 5}C24 {-10 + k * 5} 40 {-10 + k * 5} 48 {2 + k * 5}" for k in range(3))
    return tile("scales", 32, 32, rect((0, 0), 32, 32, c.deep), line(arcs + offset, c.second, 1.2))


def heron_square(c: Colourway) -> str:
    rng = Random(1934)
    sun = circle((470, 372), 236, c.accent) + "".join(
        line(f"M{num(470 - w)} {num(372 + y)}H{num(470 + w)}", mix(c.accent, c.ground, 0.72), 1.0 + k * 0.36)
        for k, y in enumerate(range(-20, 236, 16))
        for w in [(236**2 - y * y) ** 0.5]
    )
    water = path("M118 650C260 636 420 662 560 646S720 640 782 652V782H118Z", c.second) + strokes(
        [[(x, y), (x + rng.uniform(24, 90), y)] for y in range(664, 782, 9) for x in [rng.uniform(122, 690), rng.uniform(122, 690)]], c.pale, 1.1, opacity=0.7
    )
    back = "".join(reed(rng, (x, 690), rng.uniform(360, 520), rng.uniform(-50, 50), c) for x in (176, 640, 694, 742))
    front = "".join(reed(rng, (x, 800), rng.uniform(230, 330), rng.uniform(-40, 30), c) for x in (640, 700, 752))
    arch = group(path("M-46 34C-34 -6 -14 -28 26 -32C2 -18 -16 2 -38 34Z", c.second, stroke=c.line, sw=1.0), line("M-40 34C-30 10 -18 -4 -2 -14", c.accent, 4.4, stroke_linecap="round"), id="arch")
    side = "".join(use("arch", f"translate({num(150 + 600 * k / 7)} 71) scale({1 if k < 4 else -1} 1)") for k in range(8))
    corner = group(dragonfly((72, 72), 0.785, c, 0.92), side, lily((450, 80), 30, c, True), id="corner")
    corners = "".join(use("corner", f"rotate({a} 450 450)") for a in (90, 180, 270))
    return (
        f"<defs>{arch}</defs>" + _scales(c) + rect((0, 0), 900, 900, c.ground) + framed("url(#scales)", 24, 118)
        + rect((118, 118), 664, 664, stroke=c.accent, sw=5.0) + rect((127, 127), 646, 646, stroke=c.line, sw=1.6)
        + sun + water + back + ripples((392, 716), 5, 50, 34, c.pale, 1.5)
        + group(heron(c), transform="translate(190 96) scale(.78)")
        + lily((236, 742), 44, c, True) + lily((318, 768), 30, c) + lily((560, 764), 38, c) + front
        + corner + corners + selvedge(c)
    )  # fmt: skip


def heron_head(c: Colourway) -> str:
    """The cut for the gavroche: head and neck, close."""
    rng = Random(45)
    reeds = "".join(reed(rng, (x, 980), h, lean, c) for x, h, lean in ((660, 720, 60), (742, 600, -30), (800, 820, 20)))
    rays = strokes([[polar(250, a * pi / 36, (430, 380)), polar(278 + 40 * (a % 2), a * pi / 36, (430, 380))] for a in range(72)], c.second, 2)
    return (
        rect((0, 0), 900, 900, c.ground) + circle((430, 380), 236, c.accent) + rays
        + group(bust(c), transform="translate(40 90) scale(2.15)") + reeds
        + rect((44, 44), 812, 812, stroke=c.pale, sw=1.4) + selvedge(c, band=26)
    )  # fmt: skip


def _night_side(c: Colourway) -> str:
    """The left half of the garden; the right is its mirror."""
    rng = Random(1957)
    stem = smooth([(150, 800), (190, 640), (150, 480), (196, 330), (170, 200)])
    second = smooth([(330, 800), (300, 690), (340, 590), (300, 520)])
    leaves = [
        ((180, 700), -150, 150), ((184, 690), -20, 170), ((158, 560), 190, 110), ((156, 540), -32, 150),
        ((168, 430), 205, 110), ((172, 420), -20, 130), ((190, 330), 215, 110), ((188, 300), -40, 110),
        ((176, 220), -140, 90), ((172, 205), -60, 96), ((318, 740), 200, 120), ((312, 730), -28, 120), ((330, 620), -24, 96), ((310, 560), 200, 90), ((302, 524), -100, 90),
    ]  # fmt: skip
    foliage = "".join(
        group(broad_leaf(size, size * 0.24, (c.second, mix(c.second, c.main, 0.4), mix(c.second, c.deep, 0.5))[i % 3], c.main, c.line), transform=place(at, turned))
        for i, (at, turned, size) in enumerate(leaves)
    )
    flowers = "".join(use("trumpet", place(at, turned, size)) for at, turned, size in (((232, 560), 12, 0.95), ((250, 330), -10, 0.8), ((118, 470), 20, 0.72), ((372, 640), -14, 0.66)))
    vine = [polar(30 * sin(k * 0.9), 0.4, (76 + 24 * sin(k * 0.7), 830 - k * 42)) for k in range(18)]
    stars = "".join(use("jasmine", place((x + rng.uniform(-16, 16), y), rng.uniform(0, 70), rng.uniform(0.7, 1.15))) for x, y in vine)
    twigs = line(smooth(vine), c.main, 1.6)
    return line(stem + second, c.line, 8) + line(stem + second, c.second, 5) + foliage + twigs + stars + flowers


def night_square(c: Colourway) -> str:
    rng = Random(17)
    sky = dots([(rng.uniform(60, 840), rng.uniform(60, 640)) for _ in range(150)], 1.4, c.pale, opacity=0.8)
    phases = "".join(_phase((450 + 74 * k, 92 + 5 * k * k), 19, k / 4, c) for k in range(-4, 5) if k)
    halo = "".join(circle((450, 250), 122 + 13 * k, stroke=c.accent, sw=1.1, stroke_dasharray=f"{2 + k} {5 + 2 * k}", opacity=0.8) for k in range(7))
    eyes = "".join(ellipse((x, 792), 17, 12, c.accent, stroke=c.line, sw=2.0) + ellipse((x, 792), 3.4, 11, c.line) for x in (424, 476))
    cat = path(smooth([(360, 880), (372, 800), (388, 742), (418, 762), (482, 762), (512, 742), (528, 800), (540, 880)]), c.line)
    whiskers = strokes([[(450 + s * 14, 812), (450 + s * 74, 802 + k * 10)] for s in (-1, 1) for k in range(3)], c.main, 0.9)
    grass = strokes([[(x, 876), (x + rng.uniform(-14, 14), 876 - rng.uniform(30, 120))] for x in range(30, 872, 7)], c.second, 1.6)
    half = group(_night_side(c), id="half")
    defs = f"<defs>{group(trumpet(c), id='trumpet')}{group(jasmine(c, 17), id='jasmine')}{group(moth(c), id='moth')}</defs>"
    moths = use("moth", place((450, 520), 0, 1.12)) + use("moth", place((262, 160), 24, 0.42)) + use("moth", place((640, 150), -30, 0.42))
    moths += use("moth", place((400, 690), -18, 0.3)) + use("moth", place((566, 700), 26, 0.34))
    return (
        defs + rect((0, 0), 900, 900, c.ground) + circle((450, 250), 330, c.deep, opacity=0.55) + sky + halo + moon((450, 250), 106, c) + phases
        + grass + half + use("half", "translate(900 0) scale(-1 1)") + cat + eyes + whiskers + moths
        + rect((38, 38), 824, 824, stroke=c.accent, sw=2.0) + rect((44, 44), 812, 812, stroke=c.main, sw=0.8) + selvedge(c)
    )  # fmt: skip


def _phase(at: Pt, r: float, share: float, c: Colourway) -> str:
    """A small moon, lit from one side; share -1..1 is new to full to new."""
    bulge = abs(share) * 2 - 1
    x, y = num(at[0]), at[1]
    lit = f"M{x} {num(y - r)}A{r} {r} 0 0 {1 if share < 0 else 0} {x} {num(y + r)}A{num(abs(bulge) * r)} {r} 0 0 {int((bulge > 0) == (share < 0)) ^ 1} {x} {num(y - r)}Z"
    return circle(at, r, c.deep, stroke=c.main, sw=0.9) + path(lit, mix(c.accent, c.pale, 0.4))


def _fern_spine(length: float, curl: float) -> list[Pt]:
    """From the wreath's rim outwards and round."""
    return [polar(206 + length * 0.13 * i, -0.3 + i * curl, (0, 0)) for i in range(5)]


def fern_square(c: Colourway) -> str:
    """Seven fronds round an empty middle, fourteen shadows behind them."""
    forms = (
        frond(_fern_spine(330, 0.2), 19, 112, True, "inherit", c.line),
        frond(_fern_spine(420, 0.17), 24, 88, False, "inherit", c.line),
        frond(_fern_spine(380, 0.23), 20, 96, False, "inherit", c.line),
    )
    shadow = frond(_fern_spine(300, 0.15), 18, 66, False, "none", c.second)
    defs = "".join(group(form, id=f"f{k}") for k, form in enumerate(forms)) + group(shadow, id="shadow")
    tones = (c.main, mix(c.main, c.deep, 0.55), c.second, mix(c.main, c.second, 0.5), mix(c.second, c.deep, 0.5), c.main, c.deep)
    behind = "".join(use("shadow", place((450, 450), (k + 0.5) * 360 / 14, 1.12)) for k in range(14))
    fronds = "".join(use(f"f{k % 3}", place((450, 450), k * 360 / 7), fill=tone) for k, tone in enumerate(tones))
    corner = group(
        *(crozier((x, y), size, 1.6, flip, tone, size / 4) for x, y, size, flip, tone in (
            (0, 0, 19, 1, c.accent), (-14, 6, 14, -1, c.main), (26, 10, 10, 1, c.second))),
        transform=place((104, 104), 135),
    )  # fmt: skip
    spores = dots([polar(178 + 5 * (k % 2), k * pi / 60, (450, 450)) for k in range(120)], 1.7, c.accent)
    corners = group(corner, id="corner") + "".join(use("corner", f"rotate({a} 450 450)") for a in (90, 180, 270))
    return (
        f"<defs>{defs}</defs>" + rect((0, 0), 900, 900, c.ground) + framed(mix(c.ground, c.second, 0.3), 24, 44)
        + rect((48, 48), 804, 804, stroke=c.accent, sw=1.6) + behind + fronds + corners
        + circle((450, 450), 166, stroke=c.main, sw=1.0) + spores + selvedge(c)
    )  # fmt: skip


def mulberry_square(c: Colourway) -> str:
    rng = Random(1889)
    leaf_tones = ((c.main, c.pale), (c.second, c.pale), (mix(c.main, c.deep, 0.4), c.second))
    defs = "".join(group(mulberry_leaf(k, fill, c.line, vein), id=f"leaf{k}") for k, (fill, vein) in enumerate(leaf_tones))
    defs += group(mulberry_fruit(c.accent, c.line, c.pale), id="fruit")
    tossed = []
    for row in range(8):
        for col in range(7):
            at = (58 + col * 128 + (row % 2) * 58 - 18 + rng.uniform(-9, 9), 62 + row * 112 + rng.uniform(-9, 9))
            if (row * 2 + col) % 5 == 4:
                tossed += [use("fruit", place((at[0] - 16, at[1]), -12, 1.3)), use("fruit", place((at[0] + 18, at[1] + 10), 16, 1.1))]
            else:
                tossed.append(use(f"leaf{rng.randrange(3)}", place(at, rng.uniform(0, 360), rng.uniform(0.86, 1.08))))
    dust = dots([(rng.uniform(50, 850), rng.uniform(50, 850)) for _ in range(160)], 1.5, c.accent)
    return (
        f"<defs>{defs}</defs>" + rect((0, 0), 900, 900, c.ground) + dust + "".join(tossed)
        + framed(c.deep, 26, 46) + rect((50, 50), 800, 800, stroke=c.accent, sw=1.6) + selvedge(c, band=26)
    )  # fmt: skip


def mulberry_branch(c: Colourway) -> str:
    """One branch from corner to corner, fruit in three stages of ripeness."""
    rng = Random(2026)
    defs = "".join(group(mulberry_leaf(k, fill, c.line, c.pale), id=f"leaf{k}") for k, fill in enumerate((c.main, c.second, c.deep)))
    defs += "".join(group(mulberry_fruit(fill, c.line, c.pale), id=f"fruit{k}") for k, fill in enumerate((mix(c.second, c.pale, 0.4), mix(c.accent, c.pale, 0.45), c.accent)))
    stems, parts = ["M60 850C220 760 260 560 450 450S680 160 850 60"], []
    for k in range(22):
        t = (k + 0.5) / 22
        base = (70 + 770 * t + 34 * sin(t * 2 * pi), 840 - 770 * t + 40 * sin(t * 2 * pi))
        side = 1 if k % 2 else -1
        reach = 90 + 120 * (k % 4 > 1)
        tip = polar(reach, -pi / 4 + side * 1.1, base)
        stems.append(smooth([base, polar(reach * 0.5, -pi / 4 + side * 0.8, base), tip]))
        parts.append(use(f"leaf{rng.randrange(3)}", place(tip, 45 + side * 64, rng.uniform(1.0, 1.4))))
        if k % 2 == 0:
            parts.append(use(f"fruit{k % 3}", place((base[0] + side * 34, base[1] + 50), 0, 1.1)))
    return (
        f"<defs>{defs}</defs>" + rect((0, 0), 900, 900, c.ground) + line(stems[0], c.line, 9, stroke_linecap="round") + line("".join(stems[1:]), c.line, 3, stroke_linecap="round")
        + "".join(parts) + rect((46, 46), 808, 808, stroke=c.accent, sw=2.0) + selvedge(c, band=26)
    )  # fmt: skip


def _house(rng: Random, x: float, base: float, width: float, height: float, c: Colourway) -> str:
    tone = mix(c.main, c.deep, rng.uniform(0, 0.45))
    top = base - height
    roof = f"M{num(x - 8)} {num(top)}L{num(x + width / 2)} {num(top - 34)}L{num(x + width + 8)} {num(top)}Z"
    windows = [
        rect((x + 12 + k * 26, top + 18 + r * 46), 11, 24, c.accent if rng.random() < 0.16 else c.deep)
        for k in range(int((width - 14) // 26)) for r in range(int(height // 46))
    ]  # fmt: skip
    chimney = rect((x + width * 0.68, top - 52), 13, 40, tone, stroke=c.line, sw=0.9) + rect((x + width * 0.68 - 2, top - 56), 17, 6, c.pale)
    body = rect((x, top), width, height + 60, tone, stroke=c.line, sw=1.0)
    return chimney + body + "".join(windows) + path(roof, c.pale, stroke=c.line, sw=1.1)


def snow_square(c: Colourway) -> str:
    """The Croix-Rousse on the first morning of snow, with the tracks of one cat."""
    rng = Random(2025)
    hills = path("M24 520C160 430 300 470 430 420S720 400 876 470V876H24Z", mix(c.ground, c.main, 0.4)) + path("M24 590C220 520 400 560 560 510S800 520 876 500V876H24Z", mix(c.ground, c.main, 0.7))
    far = "".join(_house(rng, 40 + k * 69, 590 - 20 * sin(k * 0.5), 62, 90 + 46 * rng.random(), c) for k in range(12))
    near = "".join(_house(rng, 30 + k * 106, 716 + 14 * cos(k), 98, 118 + 60 * rng.random(), c) for k in range(8))
    ground = path("M24 700C200 676 330 716 470 700S760 690 876 712V876H24Z", c.pale) + strokes([[(x, y), (x + 60, y - 3)] for y in range(734, 870, 22) for x in [rng.uniform(30, 760), rng.uniform(30, 760)]], c.main, 1)
    tracks = "".join(use("paw", place((90 + 33 * k, 806 + 30 * sin(k * 0.42) + 6 * (k % 2)), 84 + 20 * cos(k * 0.42), 0.8)) for k in range(19))
    paw = group(ellipse((0, 3), 5, 4, c.line), dots([(-6, -3), (-2, -6.5), (2, -6.5), (6, -3)], 1.7, c.line), id="paw")
    trees = tree(rng, (150, 760), 118, 6, c.line, c.pale) + tree(rng, (742, 770), 132, 6, c.line, c.pale)
    flakes = [(rng.uniform(30, 870), rng.uniform(30, 760)) for _ in range(330)]
    snow = dots(flakes[:220], 2.0, "#FFFFFF") + dots(flakes[220:300], 3.4, "#FFFFFF") + dots(flakes[300:], 1.6, lighter(c.main, 0.3))
    sun = circle((610, 250), 74, mix(c.accent, c.ground, 0.45)) + "".join(circle((610, 250), 88 + 12 * k, stroke=c.accent, sw=0.9, opacity=0.6, stroke_dasharray=f"{3 + k} {7 + k}") for k in range(5))
    return f"<defs>{paw}</defs>" + rect((0, 0), 900, 900, c.ground) + sun + hills + far + near + ground + tracks + trees + snow + rect((40, 40), 820, 820, stroke=c.accent, sw=1.6) + selvedge(c)
