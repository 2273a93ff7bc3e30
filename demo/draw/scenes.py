"""The house's own pictures: hero, emblem, selvedge, and scenes for the lookbooks."""

from math import sin
from random import Random

from .heron import bust, dragonfly, heron, lily, reed, ripples
from .palette import COLOURWAYS, INK, SAFFRON, Colourway, mix
from .plants import broad_leaf, jasmine, moon, moth, place, tree, trumpet
from .plate import document, gradient
from .svg import Pt, circle, dots, ellipse, group, line, num, path, polar, rect, ribbon, smooth, strokes, use

DUSK = Colourway("#2B4A46", "#10201E", "#A9B9B4", "#33584F", "#D89A2E", "#F0E6CF", "#1B332F")


def _sky(width: float, height: float, horizon: float, sun: Pt, radius: float) -> tuple[str, str]:
    """Gradients and the painted sky with its engraved lines."""
    defs = gradient("sky", [(0, "#1F3B36", 1), (0.35, "#47514E", 1), (0.62, "#8C4A47", 1), (0.82, "#C9793A", 1), (1, "#E7B55C", 1)])
    defs += gradient("lake", [(0, "#D99A45", 1), (0.18, "#8C4A47", 1), (0.5, "#3A4A48", 1), (1, "#152A27", 1)])
    defs += '<radialGradient id="halo"><stop offset="0" stop-color="#FBE3A6" stop-opacity=".95"/><stop offset=".3" stop-color="#F0B84A" stop-opacity=".5"/><stop offset="1" stop-color="#F0B84A" stop-opacity="0"/></radialGradient>'
    rng = Random(6)
    bands = [[(x, y), (x + rng.uniform(60, 320), y)] for y in range(30, int(horizon), 11) for x in [rng.uniform(-60, width - 100) for _ in range(3)]]
    art = rect((0, 0), width, horizon, "url(#sky)") + strokes(bands, "#F6E7C4", 0.9, opacity=0.16)
    disc = circle(sun, radius * 3.2, "url(#halo)") + circle(sun, radius, "#F3C766") + circle(sun, radius * 0.97, "#F8DB92")
    return defs, art + disc


def _far_shore(width: float, horizon: float) -> str:
    rng = Random(12)
    hills = smooth([(0, horizon - 60), (width * 0.18, horizon - 96), (width * 0.36, horizon - 52), (width * 0.55, horizon - 84), (width * 0.76, horizon - 46), (width, horizon - 90)])
    near = smooth([(0, horizon - 22), (width * 0.25, horizon - 40), (width * 0.5, horizon - 18), (width * 0.8, horizon - 34), (width, horizon - 20)])
    poplars = "".join(path(smooth([(x - 7, horizon - 14), (x - 8, horizon - h * 0.5), (x, horizon - h), (x + 8, horizon - h * 0.5), (x + 7, horizon - 14)], True), "#2E3B38") for x, h in ((rng.uniform(0, width), rng.uniform(50, 120)) for _ in range(22)))
    return path(f"{hills}L{width} {horizon}L0 {horizon}Z", "#6E4A4A", opacity=0.75) + path(f"{near}L{width} {horizon}L0 {horizon}Z", "#3B4442") + poplars


def _water(width: float, height: float, horizon: float, sun: Pt, radius: float) -> str:
    rng = Random(21)
    glitter = []
    for k in range(70):
        y = horizon + 6 + (height - horizon) * (k / 70) ** 1.3
        half = radius * (0.9 - 0.5 * (k / 70)) + rng.uniform(-18, 30)
        glitter.append([(sun[0] - half * rng.uniform(0.3, 1), y), (sun[0] + half * rng.uniform(0.3, 1), y)])
    chop = [[(x, y), (x + rng.uniform(30, 150), y)] for y in range(int(horizon) + 14, int(height), 12) for x in [rng.uniform(-40, width) for _ in range(4)]]
    return rect((0, horizon), width, height - horizon, "url(#lake)") + strokes(glitter, "#F8DB92", 2.2, opacity=0.75, stroke_linecap="round") + strokes(chop, "#F6E7C4", 0.9, opacity=0.2)


def _bank(rng: Random, x0: float, x1: float, foot: float, count: int, low: float, high: float, c: Colourway) -> str:
    return "".join(reed(rng, (rng.uniform(x0, x1), foot), rng.uniform(low, high), rng.uniform(-70, 70), c) for _ in range(count))


def dusk(width: float = 1600, height: float = 900, bird: Pt = (1010, 120), size: float = 0.9, sun_at: float = 0.66, seed: int = 5) -> str:
    """A heron among reeds at dusk; the left third stays quiet for a title."""
    horizon = height * 0.6
    sun = (width * sun_at, horizon - 40)
    radius = height * 0.14
    defs, sky = _sky(width, height, horizon, sun, radius)
    rng = Random(seed)
    night = Colourway(DUSK.ground, "#0C1917", "#2C4742", "#22403A", "#7A4A22", DUSK.pale, "#152C28")
    birds = line("".join(f"M{num(x)} {num(y)}q9 -9 16 1q8 -10 17 -2" for x, y in ((width * 0.42, 190), (width * 0.45, 168), (width * 0.465, 205), (width * 0.5, 182))), "#1B2A28", 2.4, stroke_linecap="round")
    far = _bank(rng, width * 0.52, width * 0.98, horizon + 8, 16, 60, 130, night)
    left = _bank(rng, -30, width * 0.16, height + 30, 8, height * 0.35, height * 0.72, night)
    right = _bank(rng, width * 0.9, width + 30, height + 30, 8, height * 0.4, height * 0.85, night)
    lilies = lily((width * 0.42, height * 0.88), 62, DUSK, True) + lily((width * 0.5, height * 0.94), 46, DUSK) + lily((width * 0.3, height * 0.95), 54, DUSK) + lily((width * 0.86, height * 0.9), 40, DUSK)
    foot = (bird[0] + 290 * size, bird[1] + 798 * size)
    body = ripples(foot, 6, 64, 46, "#F6E7C4", 1.6) + group(heron(DUSK), transform=f"translate({num(bird[0])} {num(bird[1])}) scale({size:g})")
    rule = rect((0, height - 12), width, 5, SAFFRON) + rect((0, height - 5), width, 5, INK)
    art = sky + birds + _far_shore(width, horizon) + _water(width, height, horizon, sun, radius) + far + lilies + body + dragonfly((width * 0.5, height * 0.36), 0.4, DUSK, 1.3) + left + right + rule
    return document(width, height, defs, art)


def emblem() -> str:
    """The séran with an S cut in its board: one ink, nothing else."""
    pins = "".join(f"M{num(x - 3.6)} 60L{num(x - 0.9)} {num(top)}h1.8L{num(x + 3.6)} 60Z" for x, top in ((24 + 12 * k, 10 + 1.4 * abs(k - 3)) for k in range(7)))
    board = "M10 58C32 53 88 53 110 58L104 98C86 106 34 106 16 98Z"
    letter = ribbon([(72, 73), (68, 66), (60, 64.5), (51.500, 69), (54, 77), (62, 81), (69.500, 86), (67, 94), (59, 96), (51, 94), (47.500, 87)], [3.2, 1.3, 1.4, 2.4, 3.8, 4.4, 3.6, 2.2, 1.4, 1.3, 3.4], 4)
    cut = f'<mask id="cut"><rect width="120" height="120" fill="#fff"/>{path(letter, "#000")}</mask>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" color="{INK}" fill="currentColor"><defs>{cut}</defs><path d="{pins}"/><path d="{board}" mask="url(#cut)"/></svg>\n'


def selvedge_strip() -> str:
    """A tile that repeats sideways: pale edge, saffron over ink, a pin each centimetre."""
    pins = strokes([[(x, 20), (x, 26)] for x in range(6, 120, 12)], INK, 0.8, opacity=0.5)
    return document(120, 32, "", rect((0, 0), 120, 32, "#F6F1E7") + rect((0, 8), 120, 3, SAFFRON) + rect((0, 14), 120, 1.6, INK) + pins)


def night_scene(width: float = 1080, height: float = 1350) -> str:
    """The terrace in Grasse, by lamp and by moon."""
    c = COLOURWAYS["minuit-lune"]
    rng = Random(1957)
    defs = gradient("deep", [(0, "#0B1024", 1), (0.6, "#1B2550", 1), (1, "#0A0E1E", 1)]) + "".join((group(trumpet(c), id="trumpet"), group(jasmine(c, 17), id="jasmine"), group(moth(c), id="moth")))
    stars = dots([(rng.uniform(0, width), rng.uniform(0, height * 0.6)) for _ in range(260)], 1.3, c.pale, opacity=0.8)
    glow = "".join(circle((width * 0.64, height * 0.24), 160 + 26 * k, stroke=c.accent, sw=1.2, stroke_dasharray=f"{2 + k} {6 + 2 * k}", opacity=0.7) for k in range(8))
    hills = path(f"{smooth([(0, height * 0.7), (width * 0.3, height * 0.62), (width * 0.6, height * 0.69), (width, height * 0.6)])}L{width} {height}L0 {height}Z", "#141B36") + tree(rng, (width * 0.86, height * 0.8), 130, 6, "#0A0E1E", "#2C3A66")
    leaves = []
    for k in range(30):
        root = (rng.uniform(-20, width * 0.72), height + 20)
        at = (root[0] + rng.uniform(-60, 90), height * rng.uniform(0.56, 0.98))
        leaves.append(group(broad_leaf(210, 50, (c.second, mix(c.second, c.main, 0.4), mix(c.second, c.deep, 0.5))[k % 3], c.main, c.line), transform=place(at, rng.uniform(-170, -10), rng.uniform(0.7, 1.2))))
    stems = line(smooth([(180, height), (230, height * 0.8), (200, height * 0.6), (250, height * 0.46)]) + smooth([(480, height), (440, height * 0.84), (500, height * 0.7)]), c.second, 9)
    flowers = "".join(use("trumpet", place(at, a, s)) for at, a, s in (((250, height * 0.46), 16, 1.5), ((190, height * 0.6), -14, 1.3), ((500, height * 0.69), 10, 1.25), ((330, height * 0.72), -6, 1.5), ((90, height * 0.75), 14, 1.2)))
    vine: list[Pt] = [polar(36 * sin(k), 0.5, (width - 70 + 40 * sin(k * 0.8), height - k * 70)) for k in range(15)]
    blossom = line(smooth(vine), c.main, 2) + "".join(use("jasmine", place(p, k * 31, 1.5)) for k, p in enumerate(vine))
    moths = use("moth", place((width * 0.56, height * 0.52), -14, 1.35)) + use("moth", place((width * 0.3, height * 0.3), 28, 0.7)) + use("moth", place((width * 0.8, height * 0.42), -30, 0.5))
    return document(width, height, defs, rect((0, 0), width, height, "url(#deep)") + stars + glow + moon((width * 0.64, height * 0.24), 140, c) + hills + stems + "".join(leaves) + flowers + blossom + moths)


def moth_study(colour: str) -> str:
    """One moth, pinned to nothing, on a dark sheet."""
    c = COLOURWAYS[colour]
    rings = "".join(circle((400, 400), 210 + 22 * k, stroke=c.accent, sw=1.0, stroke_dasharray=f"{2 + k} {7 + 2 * k}", opacity=0.7) for k in range(6))
    return document(800, 800, "", rect((0, 0), 800, 800, c.ground) + circle((400, 400), 300, c.deep) + rings + group(moth(c), transform=place((400, 410), 0, 1.7)))


def pond_study(colour: str, width: float = 1000, height: float = 700) -> str:
    """Reeds and water only, drawn in the colours of one printing."""
    c = COLOURWAYS[colour]
    rng = Random(9)
    water = rect((0, height * 0.62), width, height * 0.38, c.second) + strokes([[(x, y), (x + rng.uniform(30, 160), y)] for y in range(int(height * 0.64), int(height), 10) for x in [rng.uniform(-40, width) for _ in range(3)]], c.pale, 1.1, opacity=0.6)
    disc = circle((width * 0.66, height * 0.42), height * 0.28, c.accent) + strokes([[(width * 0.66 - 190, y), (width * 0.66 + 190, y)] for y in range(int(height * 0.46), int(height * 0.62), 12)], mix(c.accent, c.ground, 0.7), 2)
    reeds = _bank(rng, 20, width * 0.4, height + 20, 9, height * 0.45, height * 0.9, c) + _bank(rng, width * 0.82, width, height + 20, 6, height * 0.4, height * 0.8, c)
    return document(width, height, "", rect((0, 0), width, height, c.ground) + disc + water + lily((width * 0.55, height * 0.82), 66, c, True) + lily((width * 0.68, height * 0.9), 48, c) + ripples((width * 0.6, height * 0.74), 4, 60, 44, c.pale) + dragonfly((width * 0.5, height * 0.32), 0.5, c, 1.6) + reeds)


def sketch_study() -> str:
    """A page of the sketchbook: the heron in graphite, two trials of the head."""
    pencil = Colourway("#F3ECDC", "#57544E", "#E4DBC6", "#E4DBC6", "#E9DCBE", "#F3ECDC", "#CFC5AE")
    wash = Colourway("#F3ECDC", "#57544E", "#A9B4B4", "#E4DBC6", "#D9A545", "#F7F2E4", "#6E7C80")
    rules = strokes([[(0, y), (1000, y)] for y in range(46, 1000, 46)], "#E2D8C2", 0.9)
    axes = strokes([[(560, 60), (560, 950)], [(300, 520), (900, 520)], [(330, 860), (870, 360)]], "#B9AC8F", 0.9, stroke_dasharray="7 5")
    head_trial = group(bust(pencil), transform="translate(40 60) scale(.62)") + group(bust(wash), transform="translate(60 520) scale(.5)")
    notes = strokes([[(70, 390 + k * 18), (230 - 34 * (k % 3), 390 + k * 18)] for k in range(4)] + [[(760, 880 + k * 18), (930 - 40 * (k % 2), 880 + k * 18)] for k in range(4)], "#8F846E", 1.3)
    dabs = "".join(ellipse((90 + 44 * k, 930), 16, 12, ink) for k, ink in enumerate(COLOURWAYS["encre-safran"].inks()))
    return document(1000, 1000, "", rect((0, 0), 1000, 1000, "#F3ECDC") + rules + axes + ripples((600, 918), 4, 60, 44, "#8F846E", 1.2) + group(heron(wash), transform="translate(310 90) scale(1.03)") + head_trial + notes + dabs)
