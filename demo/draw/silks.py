"""Carrés, shawls, stoles, bands and ties."""

from collections.abc import Callable
from math import degrees, sin
from random import Random

from .charts import atlas_square, comb, comb_square, comb_tile, plain_square, river_field, rose, salt_field, selvedge_square, thread_square
from .gardens import fern_square, heron_head, heron_square, mulberry_branch, mulberry_square, night_square, snow_square
from .heron import heron, reed
from .palette import COLOURWAYS, INK, SAFFRON, Colourway, darker, lighter, mix
from .plants import frond, place
from .plate import clip, gradient, plate, shadow
from .svg import Pt, group, heading, line, num, offset, path, polar, poly, rect, ribbon, sample, smooth, strokes

Pattern = Callable[[Colourway], str]

# handle: pattern, side on the plate in units
SQUARES: dict[str, tuple[Pattern, float]] = {
    "carre-heron-90": (heron_square, 690),
    "carre-jardin-de-nuit-90": (night_square, 690),
    "carre-atlas-des-vents-90": (atlas_square, 690),
    "carre-cent-fils-90": (thread_square, 690),
    "carre-fougeres-70": (fern_square, 630),
    "carre-lisiere-70": (plain_square, 630),
    "carre-murier-70": (mulberry_branch, 630),
    "gavroche-murier-45": (mulberry_square, 550),
    "gavroche-lisiere-45": (selvedge_square, 550),
    "gavroche-heron-45": (heron_head, 550),
    "pochette-de-costume-seran": (comb_square, 490),
    "chale-heron-140": (heron_square, 640),
    "chale-premiere-neige-140": (snow_square, 640),
}
FRINGED = ("chale-heron-140", "chale-premiere-neige-140")

_SHEEN = gradient(
    "sheen",
    [(0, "#FFF", 0.16), (0.22, "#FFF", 0.02), (0.34, "#000", 0.05), (0.5, "#FFF", 0.08), (0.66, "#000", 0.06), (0.8, "#FFF", 0.05), (1, "#000", 0.1)],
    x2=1, y2=0.55,
)  # fmt: skip
_TWILL = '<pattern id="twill" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(28)"><path d="M0 0V4" stroke="#FFF" stroke-width="1" stroke-opacity=".10"/><path d="M2 0V4" stroke="#000" stroke-width="1" stroke-opacity=".06"/></pattern>'


def _outline(x: float, y: float, side: float, fold: float) -> str:
    """A hand-hemmed square, edges a little bowed, lower right corner away."""
    r, b = x + side, y + side
    bow = side * 0.006
    return (
        f"M{num(x)} {num(y)}C{num(x + side * 0.3)} {num(y - bow)} {num(x + side * 0.6)} {num(y + bow)} {num(r)} {num(y)}"
        f"C{num(r + bow)} {num(y + side * 0.3)} {num(r - bow)} {num(y + side * 0.6)} {num(r)} {num(b - fold)}"
        f"L{num(r - fold)} {num(b)}C{num(x + side * 0.6)} {num(b + bow)} {num(x + side * 0.3)} {num(b - bow)} {num(x)} {num(b)}"
        f"C{num(x - bow)} {num(y + side * 0.6)} {num(x + bow)} {num(y + side * 0.3)} {num(x)} {num(y)}Z"
    )


def _flap(r: float, b: float, fold: float, c: Colourway) -> str:
    """The turned corner: the reverse of the cloth, paler."""
    tip = (r - fold * 0.93, b - fold * 0.95)
    d = f"M{num(r)} {num(b - fold)}Q{num(r - fold * 0.44)} {num(b - fold * 1.06)} {num(tip[0])} {num(tip[1])}Q{num(r - fold * 1.05)} {num(b - fold * 0.42)} {num(r - fold)} {num(b)}Z"
    hem = f"M{num(r)} {num(b - fold)}Q{num(r - fold * 0.44)} {num(b - fold * 1.06)} {num(tip[0])} {num(tip[1])}Q{num(r - fold * 1.05)} {num(b - fold * 0.42)} {num(r - fold)} {num(b)}"
    fill = gradient("flap", [(0, mix(c.ground, c.pale, 0.75), 1), (0.7, mix(c.ground, c.pale, 0.45), 1), (1, mix(c.ground, c.line, 0.2), 1)], x2=1)
    return f"<defs>{fill}</defs>" + shadow(d, -5, -2, 0.45) + path(d, "url(#flap)") + line(hem, SAFFRON, 3) + line(hem, INK, 1, transform="translate(4 4)")


def _dabs(c: Colourway, y: float) -> str:
    """The proof strip: one gouache dab for each ink."""
    rng, inks = Random(7), c.inks()
    out = []
    for k, ink in enumerate(inks):
        x = 400 + (k - (len(inks) - 1) / 2) * 46
        blob = [(x + (15 + rng.uniform(-1.6, 1.6)) * (1, 0.7, 0, -0.7, -1, -0.7, 0, 0.7)[i], y + (13 + rng.uniform(-1.6, 1.6)) * (0, 0.7, 1, 0.7, 0, -0.7, -1, -0.7)[i]) for i in range(8)]
        out.append(path(smooth(blob, True), ink, stroke=darker(ink, 0.18), sw=0.7) + line(smooth([(x - 9, y - 4), (x - 2, y - 8), (x + 6, y - 7)]), lighter(ink, 0.35), 2, opacity=0.5, stroke_linecap="round"))
    return "".join(out)


def _fringe(x: float, y: float, side: float, c: Colourway) -> str:
    rng, out = Random(140), []
    for row in range(int(side / 8)):
        at = y + 2 + row * 8
        for edge, way in ((x, -1), (x + side, 1)):
            out.append([(edge, at), (edge + way * 14, at + rng.uniform(-1.5, 1.5)), (edge + way * rng.uniform(26, 34), at + rng.uniform(-5, 6))])
    return line("".join(smooth(p) for p in out), mix(c.pale, c.deep, 0.3), 1.5, stroke_linecap="round")


def _fanned(others: list[Colourway], x: float, y: float, side: float) -> str:
    """The other colourways, squared up underneath and fanned a little."""
    out = []
    for c, angle in zip(others, (-10, 8, -5.6, 4), strict=False):
        square = f"M{x} {y}h{side}v{side}h-{side}Z"
        edges = rect((x + 7, y + 7), side - 14, side - 14, stroke=SAFFRON, sw=2.6) + rect((x + 11.5, y + 11.5), side - 23, side - 23, stroke=INK, sw=1.3)
        body = path(square, c.pale, stroke=darker(c.pale, 0.25), sw=1.0) + edges + rect((x + 17, y + 17), side - 34, side - 34, c.ground)
        out.append(group(shadow(square, 3, 8, 0.2), body, transform=f"rotate({angle} 400 {num(y + side / 2)})"))
    return "".join(out)


def square(handle: str, c: Colourway, others: list[Colourway]) -> str:
    """A square of silk flat on the paper, with its proof strip below."""
    pattern, side = SQUARES[handle]
    if others:
        side *= 0.9
    x, y = 400 - side / 2, 446 - side / 2
    fold = side * 0.13 if handle not in FRINGED else 0
    d = _outline(x, y, side, fold)
    cloth = group(pattern(c), transform=f"translate({num(x)} {num(y)}) scale({side / 900:.4f})")
    silk = group(cloth, path(d, "url(#twill)"), path(d, "url(#sheen)"), clip_path="url(#cloth)")
    hem = line(d, darker(c.ground, 0.35), 1.2, opacity=0.7) + line(d, "#FFFFFF", 1.0, opacity=0.35, transform="translate(1.2 1.2)")
    fringe = _fringe(x, y, side, c) if handle in FRINGED else ""
    corner = _flap(x + side, y + side, fold, c) if fold else ""
    under = _fanned(others, x, y, side)
    return plate(under, shadow(d), fringe, silk, hem, corner, _dabs(c, 884), defs=_SHEEN + _TWILL + clip("cloth", d))


def losange(c: Colourway) -> str:
    d = "M400 40C452 230 506 380 540 480C500 600 450 760 400 920C348 760 300 610 260 480C300 370 350 220 400 40Z"
    cloth = group(group(river_field(c, 330, 900, 11), transform="translate(240 30)"), clip_path="url(#cloth)")
    rules = line(d, SAFFRON, 11) + line(d, INK, 3.4) + line(d, c.pale, 1.4)
    folds = path("M400 40C430 300 470 400 470 480C460 600 430 780 400 920C420 700 424 560 420 480C424 380 410 240 400 40Z", "#000", opacity=0.14)
    folds += path("M400 40C350 260 320 380 322 480C330 600 370 760 400 920C370 700 356 580 354 480C352 380 374 240 400 40Z", "#FFF", opacity=0.13)
    body = group(cloth, folds, group(rules, clip_path="url(#cloth)"), path(d, "url(#sheen)"))
    return plate(group(shadow(d), body, transform="rotate(24 400 480) translate(0 -4)"), _dabs(c, 896), defs=_SHEEN + clip("cloth", d))


BAND: list[Pt] = [(120, 800), (210, 700), (300, 560), (330, 400), (290, 250), (390, 150), (520, 220), (500, 380), (380, 470), (420, 620), (560, 690), (680, 620), (700, 480)]


def bandeau(c: Colourway) -> str:
    """A loose length of band, comb repeat between two edges."""
    mid = sample(BAND, 10)
    tips = (polar(40, heading(mid[1], mid[0]), mid[0]), polar(40, heading(mid[-2], mid[-1]), mid[-1]))
    body = poly([tips[0], *offset(mid, [30.0] * len(mid)), tips[1], *offset(mid, [-30.0] * len(mid))[::-1]], True)
    edges = "".join(line(smooth(offset(mid, [w] * len(mid))[::3]), tone, sw) for w, tone, sw in ((25, SAFFRON, 3), (20, INK, 1.4), (-25, SAFFRON, 3), (-20, INK, 1.4)))
    combs = []
    for i in range(4, len(mid) - 3, 5):
        a, b = mid[i], mid[i + 1]
        combs.append(group(comb(c, 9), transform=place(a, degrees(heading(a, b)), 0.36)))
    shade = "".join(path(ribbon(mid[i : i + 9 : 4], [30, 30, 30], 3), "#000", opacity=op) for i, op in ((34, 0.16), (58, 0.2), (84, 0.12), (98, 0.08)))
    light = "".join(line(smooth(mid[i : i + 15 : 3]), "#FFF", 16, opacity=0.10, stroke_linecap="round") for i in (6, 44, 102))
    return plate(shadow(body), path(body, mix(c.ground, c.pale, 0.04), stroke=c.line, sw=1.2), edges, "".join(combs), shade, light, _dabs(c, 896))


def stole(c: Colourway) -> str:
    """Folded lengthwise and laid in two, fringe towards the viewer."""
    back = "M470 110C560 104 600 112 640 120L628 720C580 730 520 726 478 722Z"
    front = "M180 130C280 118 420 122 510 112L524 778C420 792 300 780 196 790Z"
    fringe = [[(198 + k * 8.2, 784), (199 + k * 8.3 + 3 * sin(k), 822), (197 + k * 8.4 + 5 * sin(k * 2.1), 862)] for k in range(40)]
    knots = [[(202 + k * 16.6, 802), (202 + k * 16.6, 808)] for k in range(20)]
    cloth = group(group(salt_field(c), transform="translate(150 90)"), clip_path="url(#front)")
    rules = "".join(line(f"M{a} 126L{b} 786", tone, sw) for a, b, tone, sw in ((494, 506, SAFFRON, 4), (486, 498, INK, 1.8), (196, 212, SAFFRON, 4), (204, 220, INK, 1.8)))
    rear = path(back, c.main, stroke=c.deep, sw=1) + strokes([[(482 + k * 11, 130), (490 + k * 9.6, 716)] for k in range(14)], c.deep, 0.6, opacity=0.6)
    shade = gradient("fold", [(0, "#000", 0.12), (0.18, "#FFF", 0.18), (0.45, "#000", 0.04), (0.75, "#FFF", 0.12), (1, "#000", 0.2)], x2=1, y2=0)
    fringed = line("".join(smooth(p) for p in fringe), c.main, 2.2, stroke_linecap="round") + line("".join(smooth(p) for p in fringe[::2]), c.deep, 0.8) + strokes(knots, c.deep, 5, stroke_linecap="round")
    return plate(shadow(back), shadow(front), rear, fringed, cloth, group(rules, clip_path="url(#front)"), path(front, "url(#fold)", stroke=c.deep, sw=1), _dabs(c, 908), defs=clip("front", front) + shade)


TIE_FRONT = "M356 96C380 90 420 90 444 96L436 176C470 400 492 600 504 744L400 872L296 744C308 600 330 400 364 176Z"
TIE_BACK = "M420 150C452 330 500 520 560 700L532 760L476 716C452 560 424 380 400 180Z"


_COMB_SLANT = group(rect((0, 0), 1200, 1400, "url(#combs)"), transform="rotate(30) scale(.62) translate(200 -500)")


def _tie_pattern(handle: str, c: Colourway) -> str:
    if handle == "cravate-seran":
        return comb_tile(c) + _COMB_SLANT
    if handle == "cravate-atlas":
        spots = [(300 + (row % 2) * 30 + col * 60, 110 + row * 52) for row in range(16) for col in range(4)]
        defs = f"<defs>{group(rose((0, 0), 19, c, 8), id='spot')}</defs>"
        return defs + "".join(f'<use href="#spot" transform="{place(at, 22)}"/>' for at in spots)
    if handle == "cravate-fougeres":
        return frond([(404, 862), (392, 690), (412, 400), (398, 200)], 34, 130, True, c.main, c.line)
    rng = Random(8)
    reeds = "".join(reed(rng, (x, 880), h, lean, c) for x, h, lean in ((330, 560, 20), (470, 640, -30), (400, 720, -8), (360, 420, -10), (440, 380, 24)))
    return reeds + group(heron(c), transform="translate(318 576) scale(.33)")


def tie(handle: str, c: Colourway) -> str:
    body = rect((260, 60), 320, 840, c.ground) + _tie_pattern(handle, c)
    shade = gradient("round", [(0, "#000", 0.22), (0.2, "#FFF", 0.06), (0.45, "#FFF", 0.16), (0.75, "#000", 0.03), (1, "#000", 0.26)], x1=0.1, x2=0.9, y2=0)
    knot = "M350 92C372 80 428 80 450 92L434 182C414 194 386 194 366 182Z"
    loop = path("M352 96C330 70 352 44 400 44S470 70 448 96L428 92C440 78 426 66 400 66S360 78 372 92Z", darker(c.ground, 0.12), stroke=c.line, sw=1.2)
    edge = line("M296 744L400 872L504 744", SAFFRON, 4, transform="translate(0 -14)") + line("M296 744L400 872L504 744", INK, 1.6, transform="translate(0 -21)")
    front = group(body, edge, clip_path="url(#tie)") + path(TIE_FRONT, "url(#twill)") + path(TIE_FRONT, "url(#round)", stroke=c.line, sw=1.3)
    dimple = path("M392 190C396 260 398 300 402 330C406 300 410 260 408 190Z", "#000", opacity=0.22)
    back = path(TIE_BACK, darker(c.ground, 0.25), stroke=c.line, sw=1.2) + line("M476 716L532 760L560 700", SAFFRON, 2.4, transform="translate(-4 -12)")
    tied = path(knot, c.ground, stroke=c.line, sw=1.3) + group(_COMB_SLANT if handle == "cravate-seran" else "", clip_path="url(#knot)") + path(knot, "url(#round)") + strokes([[(360 + k * 9, 178 - k % 2 * 3), (366 + k * 8, 160)] for k in range(9)], c.line, 0.8, opacity=0.5)
    return plate(shadow(TIE_BACK), shadow(TIE_FRONT), back, loop, front, dimple, tied, _dabs(c, 912), defs=shade + _TWILL + clip("tie", TIE_FRONT) + clip("knot", knot))


def draw(handle: str, colour: str, others: list[str]) -> str:
    c = COLOURWAYS[colour]
    if handle in SQUARES:
        return square(handle, c, [COLOURWAYS[o] for o in others])
    if handle.startswith("cravate"):
        return tie(handle, c)
    return {"losange-riviere": losange, "bandeau-lisiere": bandeau, "etole-sel-et-lin": stole}[handle](c)


HANDLES = (*SQUARES, "losange-riviere", "bandeau-lisiere", "etole-sel-et-lin", "cravate-seran", "cravate-atlas", "cravate-fougeres", "cravate-heron")
