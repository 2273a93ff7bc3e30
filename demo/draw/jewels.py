"""Jewellery in brass and silver."""

from math import cos, pi, sin

from .hide import lisiere
from .palette import COLOURWAYS, INK, METALS, SAFFRON, darker, lighter
from .plants import mulberry_leaf, place
from .plate import clip, gradient, ground, plate
from .svg import Pt, circle, ellipse, group, line, num, path, rect, sample, smooth, strokes


def _defs(metal: str) -> str:
    base = METALS[metal]
    return gradient("metal", [(0, lighter(base, 0.6), 1), (0.35, base, 1), (0.62, darker(base, 0.4), 1), (1, lighter(base, 0.3), 1)], x2=1, y2=1) + gradient(
        "across", [(0, darker(base, 0.45), 1), (0.25, lighter(base, 0.65), 1), (0.55, base, 1), (0.85, darker(base, 0.2), 1), (1, darker(base, 0.5), 1)], x2=1, y2=0
    )


def wire(points: list[Pt], metal: str, width: float) -> str:
    """A drawn wire: dark edge, body, and a bright line along it."""
    base, d = METALS[metal], smooth(points)
    style = {"stroke_linecap": "round", "stroke_linejoin": "round"}
    return (
        line(d, "#3A2C18", width + 2, opacity=0.22, transform="translate(7 11)", **style) + line(d, darker(base, 0.55), width + 2, **style)
        + line(d, base, width, **style) + line(d, lighter(base, 0.65), width * 0.28, opacity=0.9, transform=f"translate({-width * 0.18:.1f} {-width * 0.2:.1f})", **style)
    )  # fmt: skip


def cushion() -> str:
    """A square of linen the smaller pieces are shown on."""
    d = "M150 250C300 238 500 238 650 250C664 400 664 640 650 790C500 802 300 802 150 790C136 640 136 400 150 250Z"
    cloth = strokes([[(150, 262 + k * 9), (650, 262 + k * 9)] for k in range(59)], "#B9AC8F", 0.5, opacity=0.55) + strokes([[(156 + k * 9, 248), (156 + k * 9, 792)] for k in range(55)], "#B9AC8F", 0.5, opacity=0.4)
    return ground(404, 800, 320, 30) + path(d, "#EDE5D2", stroke="#B9AC8F", sw=1.4) + cloth + line("M170 768C300 778 500 778 630 768", SAFFRON, 3) + line("M170 775C300 785 500 785 630 775", INK, 1.5)


def heron_brooch(metal: str) -> str:
    bird: list[Pt] = [
        (196, 350), (262, 336), (318, 322), (352, 330), (366, 366), (344, 412), (300, 458), (290, 520), (340, 560), (430, 560), (510, 600),
        (590, 670), (500, 668), (400, 650), (336, 600), (366, 530), (440, 548), (500, 610), (470, 640), (416, 660), (404, 710), (396, 760),
    ]  # fmt: skip
    crest: list[Pt] = [(352, 330), (400, 346), (446, 392)]
    foot: list[Pt] = [(340, 766), (372, 758), (396, 760), (440, 764)]
    return plate(cushion(), wire(crest, metal, 5), wire(bird, metal, 9), wire(foot, metal, 7), circle((334, 338), 6, METALS[metal], stroke=darker(METALS[metal], 0.6), sw=1.6), defs=_defs(metal))


def pin(metal: str) -> str:
    edge = darker(METALS[metal], 0.55)
    teeth = "".join(path(f"M{-55 + 11 * k - 3} 0L{-55 + 11 * k - 0.8} -78h1.6L{-55 + 11 * k + 3} 0Z", "url(#across)", stroke=edge, sw=0.8) for k in range(11))
    board = path("M-68 0C-40 -6 40 -6 68 0L62 34C36 42 -36 42 -62 34Z", "url(#metal)", stroke=edge, sw=1.8) + lisiere("M-52 22C-20 27 20 27 52 22", 2.4, 4)
    needle = path("M-5 38L-3.4 400L0 432L3.4 400L5 38Z", "url(#across)", stroke=edge, sw=1)
    cap = rect((-9, 376), 18, 42, "url(#across)", rx="7", stroke=edge, sw=1.2)
    cast = group(path("M-68 0L62 0L62 34H8L4 430H-4L-8 34H-62Z", "#3A2C18"), opacity="0.2", transform="translate(372 356) rotate(24) translate(10 12)")
    return plate(cushion(), cast, group(needle, cap, teeth, board, transform="translate(480 372) rotate(24)"), defs=_defs(metal)).replace("translate(372 356)", "translate(480 372)")


def scarf_ring(metal: str) -> str:
    silk = COLOURWAYS["encre-safran"]
    upper = "M400 500C330 420 262 330 210 190C290 236 350 230 400 176C450 230 520 240 596 196C540 330 470 420 400 500Z"
    lower = "M400 520C360 620 300 720 226 820C300 800 340 822 380 868C420 824 470 806 556 830C500 720 440 620 400 520Z"
    folds = "".join(smooth([(400 + (x - 400) * 0.1, 500), (400 + (x - 400) * 0.5, 380), (x, 230)]) for x in (250, 300, 350, 450, 500, 550))
    folds += "".join(smooth([(400, 530), (400 + (x - 400) * 0.5, 660), (x, 806)]) for x in (270, 320, 430, 480, 520))
    edge = darker(METALS[metal], 0.55)
    bands = rect((316, 464), 168, 34, "url(#across)", rx="17", stroke=edge, sw=2.0) + rect((316, 502), 168, 34, "#2B2822", rx="17", stroke="#000000", sw=1.6) + line("M336 512C370 508 420 508 450 512", "#8A8478", 3, opacity=0.8, stroke_linecap="round")
    cloth = path(upper + lower, silk.ground, stroke=silk.line, sw=1.6) + line(folds, silk.line, 2.4, opacity=0.7) + line(folds, silk.main, 2, opacity=0.35, transform="translate(8 0)")
    border = line("M222 208C296 250 350 244 400 194C450 244 512 254 584 214", SAFFRON, 5) + line("M228 222C298 262 352 256 400 208C450 256 508 264 578 228", silk.pale, 2) + line("M240 806C306 790 346 808 382 850C420 808 470 792 544 814", SAFFRON, 5) + line("M250 792C310 778 350 794 384 834C420 794 466 780 536 800", silk.pale, 2)
    return plate(ground(400, 872, 230, 22), cloth, border, ellipse((400, 546), 76, 10, "#000", opacity=0.3), bands, defs=_defs(metal))


def cuff(metal: str) -> str:
    """Wires laid side by side; a hundred of them, fifty front and fifty behind."""
    base = METALS[metal]
    def arc(k: int, front: bool) -> str:
        y, flip = 430 + k * 4.4, 1 if front else -1
        return f"M150 {num(y)}C150 {num(y + flip * 150)} 650 {num(y + flip * 150)} 650 {num(y)}"
    tones = (darker(base, 0.35), base, lighter(base, 0.45), base)
    back = "".join(line(arc(k, False), darker(tones[k % 4], 0.42), 3.4) for k in range(50))
    front = "".join(line(arc(k, True), tones[(k * 3) % 4], 3.7) for k in range(50))
    ends = "".join(rect((x, 424), 16, 232, "url(#metal)", rx="7", stroke=darker(base, 0.55), sw=1.4) for x in (142, 642))
    wall = "M150 430C150 543 650 543 650 430V646C650 759 150 759 150 646Z"
    shade = gradient("wall", [(0, "#000", 0.35), (0.2, "#FFF", 0.05), (0.36, "#FFF", 0.42), (0.5, "#FFF", 0.02), (0.8, "#000", 0.12), (1, "#000", 0.42)], x2=1, y2=0)
    sheen = path(wall, "url(#wall)")
    signature = line("M152 560C152 706 648 706 648 560", SAFFRON, 3) + line("M152 566C152 712 648 712 648 566", INK, 1.6)
    return plate(ground(404, 780, 320, 36), back, front, sheen, signature, ends, defs=_defs(metal) + shade)


def earrings(metal: str) -> str:
    base = METALS[metal]
    parts = []
    for x, lobes, lean in ((280, 0, -4), (520, 1, 5)):
        hook: list[Pt] = [(x, 400), (x - 2, 350), (x + 12, 300), (x + 44, 296), (x + 52, 340), (x + 46, 392)]
        leaf = mulberry_leaf(lobes, "url(#metal)", darker(base, 0.55), darker(base, 0.5))
        shade = group(mulberry_leaf(lobes, "#3A2C18", "none", "none"), opacity="0.22", transform=place((x + 12, 552), 180 + lean, 2.0))
        parts += [shade, wire(hook, "silver", 4), group(leaf, transform=place((x, 540), 180 + lean, 2.0)), circle((x, 398), 9, "none", stroke=darker(base, 0.4), sw=4.0)]
    return plate(cushion(), *parts, defs=_defs(metal))


def necklace(metal: str) -> str:
    base = METALS[metal]
    cord: list[Pt] = [(400 + 236 * cos(a), 400 + 270 * sin(a) * (1 if sin(a) > 0 else 0.9)) for a in (pi / 2 + 0.2 + k * (2 * pi - 0.4) / 16 for k in range(17))]
    mid = sample(cord, 4)
    silk = line(smooth(mid), "#000", 10, opacity=0.2, transform="translate(6 10)") + line(smooth(mid), INK, 9) + line(smooth(mid), "#4A4742", 3, stroke_dasharray="5 5") + line(smooth(mid), "#2F2C28", 8, stroke_dasharray="2 5")
    body = "M180 690C240 640 310 622 400 622S560 640 620 690C560 740 490 758 400 758S240 740 180 690Z"
    eye = "M286 690C320 664 350 656 400 656S480 664 514 690C480 716 450 724 400 724S320 716 286 690Z"
    turns = strokes([[(304 + k * 5, 690 - 26 * sin((k + 2) * pi / 42)), (300 + k * 5, 690 + 26 * sin((k + 2) * pi / 42))] for k in range(39)], SAFFRON, 3.4) + strokes([[(304 + k * 5, 690 - 24 * sin((k + 2) * pi / 42)), (300 + k * 5, 690 + 24 * sin((k + 2) * pi / 42))] for k in range(39)], darker(SAFFRON, 0.5), 0.7)
    hatching = strokes([[(230 + k * 9, 716 + 20 * sin(k * pi / 38)), (238 + k * 9, 724 + 22 * sin(k * pi / 38))] for k in range(38)], darker(base, 0.5), 0.9, opacity=0.6)
    return plate(silk, ground(404, 768, 230, 18), path(body, "url(#metal)", stroke=darker(base, 0.55), sw=2), hatching, path(eye, "#2B2822", stroke=darker(base, 0.6), sw=2), turns, line("M204 676C260 644 330 632 400 632", "#FFFFFF", 3, opacity=0.7, stroke_linecap="round"), lisiere("M330 742C370 748 430 748 470 742", 2.2, 4), defs=_defs(metal) + clip("eye", eye))


MAKES = {
    "broche-heron": heron_brooch, "epingle-seran": pin, "anneau-de-foulard-lisiere": scarf_ring,
    "manchette-cent-fils": cuff, "boucles-murier": earrings, "collier-navette": necklace,
}  # fmt: skip
HANDLES = tuple(MAKES)


def draw(handle: str, colour: str, others: list[str]) -> str:
    return MAKES[handle](colour)

