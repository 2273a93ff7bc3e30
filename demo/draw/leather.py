"""The bags: Relais, Navette, Fileuse, Besace, Cabas and the weekend bag."""

from math import pi, sin

from .charts import comb
from .hide import Hide, clasp, hatch, hide, lisiere, panel, ring, stitches, stud
from .palette import COLOURWAYS, darker, lighter
from .plants import place
from .plate import gradient, ground, plate
from .svg import Pt, ellipse, group, line, num, offset, path, rect, ribbon, sample, smooth, strokes


def strap(points: list[Pt], width: float, leather: Hide) -> str:
    """A strap along a spline, stitched on both edges."""
    mid = sample(points, 8)
    body = ribbon(points, [width] * len(points), 6)
    seams = "".join(stitches(smooth(offset(mid, [w] * len(mid))[::2]), leather, 5) for w in (width - 4.5, 4.5 - width))
    return path(body, "url(#side)", stroke=leather.edge, sw=2) + line(smooth(mid[::2]), leather.light, width * 0.5, opacity=0.22) + seams


def _relais_flap(x: float, y: float, w: float, h: float) -> tuple[str, str]:
    """The flap and the line of its stitching."""
    def outline(inset: float) -> str:
        left, right, low = x + inset, x + w - inset, y + h - inset
        return (
            f"C{num(left)} {num(low - 40)} {num(left + 14)} {num(low - 14)} {num(left + 60)} {num(low - 8)}"
            f"C{num(left + w * 0.3)} {num(low + 2)} {num(right - w * 0.3)} {num(low + 2)} {num(right - 60)} {num(low - 8)}"
            f"C{num(right - 14)} {num(low - 14)} {num(right)} {num(low - 40)} {num(right)} {num(y + 10)}"
        )  # fmt: skip
    top = f"C{num(x + w)} {num(y - 16)} {num(x + w - 22)} {num(y - 22)} {num(x + w / 2)} {num(y - 24)}C{num(x + 22)} {num(y - 22)} {num(x)} {num(y - 16)} {num(x)} {num(y + 10)}Z"
    return f"M{num(x)} {num(y + 10)}{outline(0)}{top}", f"M{num(x + 11)} {num(y + 4)}{outline(11)}".rsplit(" ", 2)[0] + f" {num(x + w - 11)} {num(y + 10)}"


def relais(width: float, height: float, depth: float, leather: Hide) -> str:
    """Width, height and depth in plate units; stands on y = 838."""
    x, bottom = 400 - (width + depth) / 2, 838.0
    y, r, seat = bottom - height, x + width, bottom - 26
    loop: list[Pt] = [(x + 8, y + 34), (x + width * 0.06, y - height * 0.36), (x + width * 0.36, y - height * 0.8), (x + width * 0.78, y - height * 0.74), (r + depth * 0.5, y - height * 0.28), (r + depth * 0.52, y + 40)]
    gusset = f"M{num(r - 6)} {num(y)}L{num(r + depth)} {num(y - 14)}C{num(r + depth + 5)} {num(y + height * 0.5)} {num(r + depth)} {num(seat - 30)} {num(r + depth - 8)} {num(seat)}L{num(r - 6)} {num(bottom)}Z"
    pleat = [smooth([(r + depth * t, y - 14 * t), (r + depth * (t + 0.1), y + height * 0.5), (r + depth * t * 0.96, bottom - 26 * t)]) for t in (0.34, 0.5, 0.66)]
    front = f"M{num(x)} {num(y)}H{num(r)}V{num(bottom - 30)}Q{num(r)} {num(bottom)} {num(r - 30)} {num(bottom)}H{num(x + 30)}Q{num(x)} {num(bottom)} {num(x)} {num(bottom - 30)}Z"
    seam = f"M{num(x + 12)} {num(y + 40)}V{num(bottom - 34)}Q{num(x + 12)} {num(bottom - 12)} {num(x + 34)} {num(bottom - 12)}H{num(r - 34)}Q{num(r - 12)} {num(bottom - 12)} {num(r - 12)} {num(bottom - 34)}V{num(y + 40)}"
    drop = height * 0.62
    flap, flap_seam = _relais_flap(x - 5, y, width + 10, drop)
    tab = f"M{num(x + width / 2 - 30)} {num(y + drop - 64)}h60v88q0 22 -30 22t-30 -22Z"
    rule = f"M{num(x + 18)} {num(y + drop * 0.42)}H{num(r - 18)}"
    return plate(
        ground(408, bottom + 4, width * 0.62 + depth, 40),
        strap(loop, 13, leather),
        panel(gusset, leather, "side"), line("".join(pleat), leather.edge, 1.6), hatch((r + depth * 0.55, y + 30), depth * 0.4, height * 0.7, 7, leather.edge, -0.8),
        ring((r + depth * 0.52, y + 44), 12, 9), panel(front, leather), stitches(seam, leather),
        hatch((x + 24, y + drop + 6), width - 60, height - drop - 34, 7, leather.edge, 0.05, 0.22),
        path(flap, "#000", opacity="0.3", transform="translate(0 9)"), panel(flap, leather), stitches(flap_seam, leather),
        lisiere(rule, 3, 6), path(tab, "#000", opacity="0.25", transform="translate(2 6)"), panel(tab, leather),
        stitches(f"M{num(x + width / 2 - 22)} {num(y + drop - 62)}v84q0 15 22 16t22 -16v-84", leather, 5), clasp((x + width / 2, y + drop - 4), 0.8),
        line(f"M{num(x + 34)} {num(y - 10)}C{num(x + width * 0.3)} {num(y - 17)} {num(x + width * 0.6)} {num(y - 17)} {num(r - 60)} {num(y - 12)}", lighter(leather.base, 0.5), 3, opacity=0.5, stroke_linecap="round"),
        defs=leather.defs(),
    )  # fmt: skip


def navette(leather: Hide) -> str:
    """The clutch: a shuttle with a brass point at each end."""
    body = "M92 560C190 448 300 410 400 410S610 448 708 560C610 672 500 706 400 706S190 672 92 560Z"
    under = "M92 560C190 600 300 622 400 622S610 600 708 560C610 672 500 706 400 706S190 672 92 560Z"
    eye = "M232 540C300 494 350 486 400 486S500 494 568 540C500 578 450 584 400 584S300 578 232 540Z"
    tips = "".join(f'<g transform="translate(400 0) scale({s} 1) translate(-400 0)">{path("M76 560C104 532 128 510 152 494C146 534 146 586 152 626C128 610 104 588 76 560Z", "url(#brass)", stroke="#5E4418", sw=1.4)}{line("M104 552C116 540 128 530 140 522", "#FFF3CF", 3, stroke_linecap="round", opacity=0.8)}</g>' for s in (1, -1))
    seam = "M166 508C246 446 320 426 400 426S554 446 634 508"
    low = "M168 614C246 670 320 690 400 690S554 670 632 614"
    grain = strokes([[(210 + k * 11, 636 + 22 * sin(k * pi / 34)), (222 + k * 11, 650 + 24 * sin(k * pi / 34))] for k in range(34)], leather.edge, 0.9, opacity=0.5)
    inlay = path(eye, darker(leather.base, 0.25), stroke=leather.edge, sw=1.6) + lisiere("M252 538C310 502 355 496 400 496S490 502 548 538", 3, 6)
    threads = strokes([[(290 + k * 3.4, 552 - 14 * sin(k * pi / 64)), (294 + k * 3.4, 558 + 14 * sin(k * pi / 64))] for k in range(64)], "#C98A1B", 1.5)
    loop = path("M560 470C640 340 700 300 720 360S650 520 590 490", "none", stroke=leather.edge, stroke_width="9") + path("M560 470C640 340 700 300 720 360S650 520 590 490", "none", stroke=leather.base, stroke_width="6")
    return plate(ground(400, 712, 330, 40), loop, panel(body, leather), path(under, "#000", opacity="0.2"), grain, inlay, threads, stitches(seam, leather), stitches(low, leather), tips, defs=leather.defs())


def fileuse(scale: float, leather: Hide) -> str:
    """The bucket with its drawstring; `scale` 1 is the large one."""
    bag = "M212 400C216 560 226 720 244 812C300 836 500 836 556 812C574 720 584 560 588 400Z"
    mouth = "M212 400C216 366 300 350 400 350S584 366 588 400C560 424 470 432 400 432S240 424 212 400Z"
    base = "M238 770C300 796 500 796 562 770L556 812C500 836 300 836 244 812Z"
    folds = [smooth([(260 + 47 * k, 420 + 8 * sin(k)), (264 + 46 * k, 500), (270 + 44 * k, 570 + 30 * (k % 2))]) for k in range(7)]
    eyelets = [(248 + 43.5 * k, 462 + 12 * sin(pi * k / 7)) for k in range(8)]
    cord = smooth([(232, 462), *eyelets, (568, 462)])
    ends = smooth([(378, 476), (352, 540), (366, 610), (350, 660)]) + smooth([(424, 476), (452, 540), (436, 600), (456, 650)])
    linen = "#E4D6B6"
    braid = line(cord + ends, darker(linen, 0.5), 9, stroke_linecap="round") + line(cord + ends, linen, 6.5, stroke_linecap="round") + line(cord + ends, darker(linen, 0.3), 6.5, stroke_dasharray="1.4 5")
    tips = rect((343, 656), 14, 40, "url(#brass)", rx="4", stroke="#5E4418", sw=1.2) + rect((449, 646), 14, 40, "url(#brass)", rx="4", stroke="#5E4418", sw=1.2)
    handle: list[Pt] = [(222, 420), (196, 270), (290, 120), (430, 96), (560, 170), (612, 300), (580, 420)]
    inner = path(mouth, darker(leather.base, 0.66), stroke=leather.edge, sw=2) + hatch((250, 372), 300, 44, 6, lighter(leather.base, 0.2), 0, 0.4)
    seams = stitches("M226 420C250 440 330 448 400 448S560 440 576 420", leather) + stitches("M240 780C302 806 498 806 560 780", leather)
    bag_parts = (
        strap(handle, 12, leather) + inner + panel(bag + "M212 400", leather) + path(mouth, "url(#inside)")
        + line("".join(folds), leather.edge, 2, opacity=0.4) + line("".join(folds), leather.light, 4, opacity=0.18, transform="translate(9 2)")
        + hatch((470, 520), 96, 230, 8, leather.edge, -0.3) + panel(base, leather) + seams + lisiere("M236 744C300 770 500 770 564 744", 3, 6)
        + braid + "".join(stud(p, 7) for p in eyelets) + tips + ring((226, 430), 11, 15) + ring((576, 430), 11, 15)
    )  # fmt: skip
    inside = gradient("inside", [(0, darker(leather.base, 0.75), 1), (1, darker(leather.base, 0.45), 1)])
    return plate(ground(400, 826, 250 * scale, 36), group(bag_parts, transform=f"translate(400 836) scale({scale:g}) translate(-400 -836)"), defs=leather.defs() + inside)


def besace(leather: Hide) -> str:
    body = "M150 440C146 560 152 720 166 800C300 826 500 826 634 800C648 720 654 560 650 440Z"
    flap = "M142 430C146 404 250 396 400 396S654 404 658 430C664 540 660 610 640 668C560 700 470 694 400 694S240 700 160 668C140 610 136 540 142 430Z"
    seam = "M156 436C150 540 152 604 172 656C240 684 330 680 400 680S560 684 628 656C648 604 650 540 644 436"
    loop: list[Pt] = [(150, 446), (110, 260), (230, 96), (420, 66), (600, 130), (688, 300), (650, 446)]
    pad: list[Pt] = [(250, 102), (340, 74), (430, 68), (520, 86)]
    pocket = line("M196 716C300 742 500 742 604 716", leather.edge, 2) + stitches("M196 726C300 752 500 752 604 726", leather)
    slump = line("".join(smooth([(210 + 66 * k, 420), (216 + 64 * k, 500), (206 + 66 * k, 560 + 20 * (k % 2))]) for k in range(7)), leather.edge, 2.4, opacity=0.16)
    return plate(
        ground(400, 816, 330, 38), strap(loop, 19, leather), path(ribbon(pad, [26] * 4), "url(#front)", stroke=leather.edge, sw=2),
        stitches(smooth(offset(sample(pad, 4), [20.0] * 13)), leather) + stitches(smooth(offset(sample(pad, 4), [-20.0] * 13)), leather),
        panel(body, leather), pocket, path(flap, "#000", opacity="0.28", transform="translate(0 10)"), panel(flap, leather), slump,
        stitches(seam, leather), lisiere("M152 486C260 506 540 506 648 486", 3, 6), hatch((470, 540), 150, 110, 7, leather.edge, 0.2, 0.25),
        stud((400, 664), 11), ring((150, 440), 16, 11), ring((650, 440), 16, 11), defs=leather.defs(),
    )  # fmt: skip


CANVAS = {"lin": "#D8CBAA", "encre": "#343844", "algue": "#7E8C6C"}


def cabas(cloth: str, leather: Hide) -> str:
    """Linen canvas over a leather base; long handles."""
    tone = CANVAS[cloth]
    body = "M146 420H654L632 818C540 832 260 832 168 818Z"
    base = "M158 668C300 690 500 690 642 668L632 818C540 832 260 832 168 818Z"
    weave = f'<pattern id="canvas" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{tone}"/><path d="M0 1.5H3M3 4.5H6" stroke="{lighter(tone, 0.3)}" stroke-width="1"/><path d="M1.5 3V6M4.5 0V3" stroke="{darker(tone, 0.2)}" stroke-width="1"/></pattern>'
    back: list[Pt] = [(262, 430), (276, 250), (330, 150), (400, 128), (470, 150), (524, 250), (538, 430)]
    front: list[Pt] = [(236, 560), (246, 300), (306, 196), (400, 170), (494, 196), (554, 300), (564, 560)]
    tabs = "".join(panel(f"M{x} 420h36v150l-18 16l-18 -16Z", leather) + stitches(f"M{x + 7} 426v140l11 10l11 -10v-140", leather, 5) for x in (218, 546))
    mouth = path("M146 420C300 398 500 398 654 420C500 436 300 436 146 420Z", darker(tone, 0.6), stroke=leather.edge, sw=1.6)
    shade = gradient("lean", [(0, "#FFF", 0.12), (0.35, "#FFF", 0), (0.7, "#000", 0.06), (1, "#000", 0.26)], x2=1, y2=0.1)
    stripes = lisiere("M148 470C300 482 500 482 652 470", 4, 8)
    return plate(
        ground(400, 824, 330, 40), strap(back, 10, leather), path(body, "url(#canvas)", stroke=darker(tone, 0.5), sw=2), path(body, "url(#lean)"), mouth,
        stripes, hatch((500, 510), 130, 140, 8, darker(tone, 0.6), -0.2, 0.3), panel(base, leather), stitches("M162 684C300 706 500 706 638 684", leather, 8),
        strap(front, 11, leather), tabs, group(comb(COLOURWAYS["encre-safran"]), transform=place((400, 770), 0, 0.5), opacity="0.85"), defs=leather.defs() + weave + shade,
    )  # fmt: skip


def weekend(leather: Hide) -> str:
    """The Baptiste: a brass frame, two rolled handles, four feet."""
    body = "M88 520C96 430 150 396 220 390H580C650 396 704 430 712 520L700 790C560 816 240 816 100 790Z"
    frame = "M196 396C240 372 560 372 604 396"
    sides = "".join(f'<g transform="translate(400 0) scale({s} 1) translate(-400 0)">{panel("M88 520C94 452 126 412 172 398C150 480 150 700 170 806C140 802 116 796 100 790Z", leather, "side")}{stitches("M180 404C160 480 160 700 180 800", leather)}</g>' for s in (1, -1))
    straps = "".join(panel(f"M{x} 392h44l6 412h-56Z", leather) + stitches(f"M{x + 7} 396l-5 404", leather) + stitches(f"M{x + 37} 396l5 404", leather) + ring((x + 22, 470), 15, 12) for x in (236, 520))
    back: list[Pt] = [(270, 400), (290, 290), (340, 236), (400, 222), (460, 236), (510, 290), (530, 400)]
    near: list[Pt] = [(258, 468), (262, 320), (318, 238), (400, 216), (482, 238), (538, 320), (542, 468)]
    feet = "".join(ellipse((x, 806), 15, 8, "url(#brass)", stroke="#5E4418", sw=1.2) for x in (160, 300, 500, 640))
    piping = line("M104 700C240 726 560 726 696 700", leather.edge, 6) + line("M104 698C240 724 560 724 696 698", leather.light, 2, opacity=0.6)
    return plate(
        ground(400, 812, 380, 42), feet, strap(back, 9, leather), panel(body, leather), hatch((300, 540), 220, 140, 8, leather.edge, 0.1, 0.18), piping, sides,
        lisiere("M184 640C300 656 500 656 616 640", 3.4, 7), straps, line(frame, "#5E4418", 15, stroke_linecap="round"), line(frame, "url(#brassflat)", 12, stroke_linecap="round"), line("M206 391C250 370 520 370 560 384", "#FFF3CF", 2.4, opacity=0.8, stroke_linecap="round"),
        strap(near, 10, leather), clasp((400, 414), 0.9), panel("M372 560h56v64q0 22 -28 26t-28 -26Z", leather), stitches("M379 566v58q0 15 21 18t21 -18v-58", leather, 5), stud((400, 610), 8),
        defs=leather.defs() + '<linearGradient id="brassflat" gradientUnits="userSpaceOnUse" x1="0" y1="372" x2="0" y2="402"><stop offset="0" stop-color="#E9CF8E"/><stop offset=".5" stop-color="#B98B3E"/><stop offset="1" stop-color="#8F6A2B"/></linearGradient>',
    )  # fmt: skip


def draw(handle: str, colour: str, others: list[str]) -> str:
    if handle == "cabas-saone":
        cloth, base = colour.split("-")
        return cabas(cloth, hide(base))
    leather = hide(colour)
    if handle.startswith("relais"):
        return relais(*{"20": (330, 262, 66), "24": (384, 306, 76), "30": (450, 346, 88), "38": (510, 376, 104)}[handle[-2:]], leather)
    forms = {
        "navette": lambda: navette(leather), "fileuse": lambda: fileuse(0.96, leather), "petite-fileuse": lambda: fileuse(0.74, leather),
        "besace-montee": lambda: besace(leather), "sac-week-end-baptiste": lambda: weekend(leather),
    }  # fmt: skip
    return forms[handle]()


HANDLES = ("relais-20", "relais-24", "relais-30", "relais-38", "navette", "fileuse", "petite-fileuse", "besace-montee", "cabas-saone", "sac-week-end-baptiste")
