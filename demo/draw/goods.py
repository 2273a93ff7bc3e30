"""Small leather: wallet, cards, belt, cases, notebook, tag and pouch."""

from math import cos, sin

from .charts import comb
from .hide import Hide, clasp, hatch, hide, lisiere, panel, ring, stitches, stud
from .palette import COLOURWAYS, lighter
from .plants import place
from .plate import ground, plate, shadow
from .svg import Pt, ellipse, group, line, num, offset, path, rect, ribbon, sample, smooth, strokes


def slab(x: float, y: float, w: float, h: float, r: float) -> str:
    return f"M{num(x + r)} {num(y)}H{num(x + w - r)}Q{num(x + w)} {num(y)} {num(x + w)} {num(y + r)}V{num(y + h - r)}Q{num(x + w)} {num(y + h)} {num(x + w - r)} {num(y + h)}H{num(x + r)}Q{num(x)} {num(y + h)} {num(x)} {num(y + h - r)}V{num(y + r)}Q{num(x)} {num(y)} {num(x + r)} {num(y)}Z"


def brass_plate(x: float, y: float, w: float = 64, h: float = 20) -> str:
    screws = "".join(f'<circle cx="{num(cx)}" cy="{num(y + h / 2)}" r="1.8" fill="#5E4418"/>' for cx in (x + 6, x + w - 6))
    return rect((x, y), w, h, "url(#brass)", rx="3", stroke="#5E4418", sw=1.0) + screws


def tilted(angle: float, *parts: str) -> str:
    return group(*parts, transform=f"rotate({angle:g} 400 500)")


def wallet(leather: Hide) -> str:
    body = slab(116, 344, 568, 300, 16)
    flap = "M116 360Q116 344 132 344H668Q684 344 684 360V520Q684 536 668 536H132Q116 536 116 520Z"
    pins = "".join(rect((152 + k * 48, 520), 7, 34, "url(#brass)", rx="3.5", stroke="#5E4418", sw=1.0) + ellipse((155.5 + k * 48, 556), 5, 3, leather.edge) for k in range(11))
    art = panel(body, leather, "side") + stitches(slab(128, 356, 544, 276, 10), leather) + path(flap, "#000", opacity="0.3", transform="translate(0 8)") + panel(flap, leather)
    return plate(tilted(-7, shadow(body), art, stitches(slab(128, 356, 544, 168, 10), leather), lisiere("M132 496H668", 3, 6), pins, hatch((170, 580), 380, 44, 7, leather.edge, 0.1, 0.3), brass_plate(580, 380)), defs=leather.defs())


def cards(leather: Hide) -> str:
    body = slab(210, 360, 380, 300, 14)
    paper = "".join(path(slab(228 + 6 * k, 316 + 16 * k, 344 - 12 * k, 120, 8), tone, stroke="#8F846E", sw=1) for k, tone in enumerate(("#FBF7EC", "#E6DCC4")))
    slots = "".join(path(f"M210 {y}C300 {y + 10} 500 {y + 10} 590 {y}V{y + 40}H210Z", "#000", opacity="0.16") + line(f"M210 {y}C300 {y + 10} 500 {y + 10} 590 {y}", leather.edge, 2) + lisiere(f"M214 {y + 9}C304 {y + 19} 496 {y + 19} 586 {y + 9}", 2.6, 5) for y in (392, 452))
    return plate(tilted(6, shadow(body, 10, 16), paper, panel(body, leather), slots, stitches("M222 380V636Q222 648 234 648H566Q578 648 578 636V380", leather), hatch((250, 560), 270, 80, 7, leather.edge, 0.1, 0.28), brass_plate(368, 600)), defs=leather.defs())


def belt(leather: Hide) -> str:
    spiral: list[Pt] = [(400 + (96 + 9.4 * k) * cos(k * 0.52 - 0.6), 470 + (96 + 9.4 * k) * 0.74 * sin(k * 0.52 - 0.6)) for k in range(17)]
    tail: list[Pt] = [*spiral, (290, 700), (190, 770), (80, 806)]
    mid = sample(tail, 6)
    band = path(ribbon(tail, [21] * len(tail), 4), "url(#front)", stroke=leather.edge, sw=2.4)
    inner = line(smooth(offset(mid, [-15.0] * len(mid))[::3]), leather.edge, 8, opacity=0.35) + line(smooth(offset(mid, [8.0] * len(mid))[::3]), lighter(leather.base, 0.5), 5, opacity=0.25)
    seams = "".join(stitches(smooth(offset(mid, [w] * len(mid))[::3]), leather, 6) for w in (15.5, -15.5))
    holes = "".join(ellipse(mid[-5 - 2 * k], 4.4, 5, leather.edge) for k in range(5))
    x, y = mid[0]
    buckle = rect((x - 40, y - 44), 80, 96, "none", rx="14", stroke="#5E4418", sw=13.0) + rect((x - 40, y - 44), 80, 96, "none", rx="14", stroke="url(#brass)", sw=10.0) + path(f"M{num(x - 46)} {num(y - 4)}L{num(x + 44)} {num(y)}L{num(x + 44)} {num(y + 6)}L{num(x - 46)} {num(y + 10)}Z", "url(#brass)", stroke="#5E4418", sw=1.2)
    return plate(ground(370, 800, 330, 30), shadow(ribbon(tail, [21] * len(tail), 3), 4, 12, 0.34), band, inner, seams, holes, buckle, lisiere("M94 782L104 820", 2.4, 4), defs=leather.defs())


def spectacles(leather: Hide) -> str:
    body = "M112 560C112 450 210 408 400 408S688 450 688 560C688 622 620 660 400 660S112 622 112 560Z"
    lid = "M112 560C112 450 210 408 400 408S688 450 688 560C640 534 540 520 400 520S160 534 112 560Z"
    tab = "M356 500h88l-6 84q-8 22 -38 22t-38 -22Z"
    return plate(ground(400, 668, 330, 36), panel(body, leather), panel(lid, leather), stitches("M124 572C170 546 280 532 400 532S630 546 676 572", leather), lisiere("M150 502C210 446 300 434 400 434S590 446 650 502", 3, 6), hatch((440, 590), 190, 56, 7, leather.edge, 0.2, 0.34), path(tab, "#000", opacity="0.28", transform="translate(3 7)"), panel(tab, leather), stitches("M364 506l-1 76q6 16 37 16t37 -16l-1 -76", leather, 5), stud((400, 580), 8), defs=leather.defs())


def notebook(leather: Hide) -> str:
    cover = slab(206, 210, 388, 560, 12)
    pages = path("M216 770H600V222H612V786H224Z", "#F5EEDD", stroke="#8F846E", sw=1) + strokes([[(603 + k * 3, 226), (603 + k * 3, 780)] for k in range(3)], "#B9AC8F", 0.8) + strokes([[(222, 774 + k * 4), (606, 774 + k * 4)] for k in range(3)], "#B9AC8F", 0.8)
    flap = "M594 340H470Q430 340 430 380V600Q430 640 470 640H594Z"
    band = "M206 470H500V520H206Z"
    spine = line("M236 212V768", leather.edge, 2.4, opacity=0.6) + line("M242 212V768", leather.light, 1.6, opacity=0.4)
    return plate(tilted(-6, shadow(cover, 12, 18), pages, panel(cover, leather), spine, stitches(slab(216, 220, 368, 540, 8), leather), path(flap, "#000", opacity="0.26", transform="translate(-5 6)"), panel(flap, leather), stitches("M586 352H474Q442 352 442 384V596Q442 628 474 628H586", leather), panel(band, leather), stitches("M214 479H494", leather, 5), stitches("M214 511H494", leather, 5), clasp((474, 495), 0.72), lisiere("M214 266H584", 3, 6), brass_plate(290, 690)), defs=leather.defs())


def tag(leather: Hide) -> str:
    body = "M300 400L352 330H448L500 400V720Q500 748 472 748H328Q300 748 300 720Z"
    loop: list[Pt] = [(400, 366), (360, 270), (390, 150), (480, 130), (520, 220), (470, 320), (404, 372)]
    window = slab(336, 452, 128, 220, 8)
    writing = line("M356 520c10-14 14 14 24 0s14 14 24 0 14 12 34-2M356 560c12-12 16 12 26 0s16 12 28-2M356 600c10-12 14 12 24 0s14 12 44-4", COLOURWAYS["encre-safran"].line, 1.8, stroke_linecap="round")
    return plate(tilted(9, path(ribbon(loop, [11] * 7, 6), "url(#side)", stroke=leather.edge, sw=1.8), shadow(body, 10, 16), panel(body, leather), ring((400, 366), 15, 15, sw=7), stitches("M313 406L358 342H442L487 406V716Q487 736 468 736H332Q313 736 313 716Z", leather), path(window, "#F6EEDA", stroke=leather.edge, sw=3), stitches(slab(328, 444, 144, 236, 12), leather, 5), writing, lisiere("M316 428H484", 2.6, 5), stud((400, 708), 8)), defs=leather.defs())


def pouch(leather: Hide) -> str:
    front = "M120 480C116 560 120 680 140 744C300 766 500 766 660 744C680 680 684 560 680 480Z"
    top = "M120 480C140 420 220 392 400 392S660 420 680 480C560 500 240 500 120 480Z"
    zip_line = "M150 470C200 426 290 410 400 410S600 426 650 470"
    teeth = line(zip_line, "#5E4418", 11) + line(zip_line, "#D9B76A", 9, stroke_dasharray="3 3.4")
    pull = path("M642 462l34 44q4 14 -8 18l-14 -2l-24 -48Z", "url(#brass)", stroke="#5E4418", sw=1.4)
    loop = panel("M108 520h36v120q-18 16 -36 0Z", leather, "side") + stitches("M126 528v106", leather, 5)
    return plate(ground(400, 760, 320, 38), panel(front, leather), panel(top, leather, "side"), teeth, stitches("M132 500C240 518 560 518 668 500", leather), lisiere("M128 610C240 626 560 626 672 610", 3.4, 7), stitches("M146 726C300 748 500 748 654 726", leather), hatch((430, 640), 200, 84, 7, leather.edge, 0.1, 0.3), loop, pull, group(comb(COLOURWAYS["encre-safran"]), transform=place((400, 566), 0, 0.5)), defs=leather.defs())


MAKES = {
    "portefeuille-long-seran": wallet, "porte-cartes-lisiere": cards, "ceinture-tamaris": belt, "etui-a-lunettes": spectacles,
    "carnet-relais": notebook, "etiquette-de-voyage": tag, "trousse-grasse": pouch,
}  # fmt: skip
HANDLES = tuple(MAKES)


def draw(handle: str, colour: str, others: list[str]) -> str:
    return MAKES[handle](hide(colour))

