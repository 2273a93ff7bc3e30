"""Things for the house, and the services, shown by their gesture."""

from math import pi, sin

from .charts import comb, rose
from .gardens import heron_square
from .gloves import outline
from .hide import hide, lisiere, panel, stitches
from .lettering import lettered
from .palette import COLOURWAYS, INK, SAFFRON, Colourway, darker, lighter, mix
from .plants import frond, place
from .plate import clip, gradient, ground, plate, shadow
from .scent import BRASS
from .svg import circle, dots, ellipse, group, line, num, path, rect, ribbon, smooth, strokes


def _fold(x: float, y: float, w: float, h: float) -> str:
    """One soft layer of a folded cloth, seen from the front."""
    return (
        f"M{x} {y + 20}Q{x} {y} {x + 30} {y - 4}C{x + w * 0.4} {y - 22} {x + w * 0.7} {y - 14} {x + w - 20} {y}Q{x + w + 10} {y + h * 0.45} {x + w} {y + h}"
        f"C{x + w * 0.7} {y + h + 16} {x + w * 0.3} {y + h + 18} {x + 6} {y + h + 4}Q{x - 14} {y + h * 0.6} {x} {y + 20}Z"
    )


def blanket(c: Colourway) -> str:
    """Five whites, and the tracks of a cat that stop for no reason."""
    tones = (c.ground, mix(c.ground, c.main, 0.5), c.pale, mix(c.second, c.main, 0.4), c.pale)
    layers = ""
    for k, tone in enumerate(tones):
        x, y = 132 + 5 * (k % 2), 706 - 78 * k
        d = _fold(x, y, 530 - 4 * (k % 2), 84)
        ribs = strokes([[(x + 14 + i * 9, y + 12 + 6 * sin(i * 0.4)), (x + 14 + i * 9, y + 80)] for i in range(57)], c.main, 0.9, opacity=0.8)
        layers += shadow(d, 2, 7, 0.2) + path(d, tone, stroke=c.deep, sw=1.4) + ribs + line(f"M{x + 8} {y + 70}C{x + 180} {y + 88} {x + 360} {y + 86} {x + 520} {y + 66}", c.deep, 5, opacity=0.18)
    over = "M424 392C500 372 580 374 646 396C664 520 672 680 676 812C610 828 530 830 470 820C462 680 446 520 424 392Z"
    weave = strokes([[(430 + k * 13, 384), (472 + k * 12, 826)] for k in range(18)], c.main, 1) + strokes([[(424 + k * 1.8, 402 + k * 15), (652 + k * 1, 402 + k * 15)] for k in range(29)], c.main, 0.8)
    fringe = line("".join(smooth([(472 + k * 8.2, 820 + 4 * sin(k * pi / 25)), (472 + k * 8.3 + 3 * sin(k), 852), (468 + k * 8.5 + 5 * sin(2 * k), 888)]) for k in range(26)), c.deep, 2.2, stroke_linecap="round")
    rules = line("M632 390C650 520 660 680 664 816", SAFFRON, 4) + line("M623 388C641 520 651 680 655 816", INK, 2)
    paws = "".join(group(ellipse((0, 3), 5, 4, INK), dots([(-6, -3), (-2, -6.5), (2, -6.5), (6, -3)], 1.8, INK), transform=place((520 + 18 * (k % 2) + 3 * k, 780 - 44 * k), 6, 1.1)) for k in range(7))
    return plate(ground(400, 806, 350, 42), layers, shadow(over, -8, 6, 0.3), fringe, path(over, c.pale, stroke=c.deep, sw=1.4), group(weave, clip_path="url(#over)"), rules, paws, defs=clip("over", over))


def cushion(c: Colourway) -> str:
    d = "M142 266C150 240 176 240 200 252C330 272 470 272 600 252C624 240 650 240 658 266C640 390 640 630 658 754C650 780 624 780 600 768C470 748 330 748 200 768C176 780 150 780 142 754C160 630 160 390 142 266Z"
    weave = '<pattern id="w" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 1H2.5M2.5 3.5H5" stroke="#000" stroke-opacity=".12"/><path d="M1 2.5V5M3.5 0V2.5" stroke="#FFF" stroke-opacity=".2"/></pattern>'
    swell = '<radialGradient id="swell" cx=".42" cy=".38" r=".75"><stop offset="0" stop-color="#FFF" stop-opacity=".25"/><stop offset=".55" stop-color="#FFF" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".34"/></radialGradient>'
    leaf = frond([(196, 726), (300, 600), (420, 470), (590, 300)], 26, 150, True, c.main, c.line)
    creases = line(smooth([(196, 300), (240, 350), (256, 400)]) + smooth([(604, 300), (566, 350), (552, 396)]) + smooth([(196, 720), (236, 676), (252, 630)]) + smooth([(604, 722), (566, 680), (548, 630)]), "#000", 5, opacity=0.12, stroke_linecap="round")
    return plate(ground(404, 786, 310, 34), shadow(d), path(d, c.ground), group(leaf, clip_path="url(#pad)"), path(d, "url(#w)"), path(d, "url(#swell)"), creases, line(d, c.pale, 11), line(d, SAFFRON, 5), line(d, INK, 1.6), defs=clip("pad", d) + weave + swell)


def pillowcase(c: Colourway) -> str:
    out = ground(400, 760, 320, 34)
    for k, (x, y, w) in enumerate(((150, 590, 500), (138, 470, 524), (150, 340, 500))):
        d = _fold(x, y, w, 134)
        shade = path(d, "url(#linen)", stroke=c.deep, sw=1.4)
        drawn = strokes([[(x + 24 + i * 11, y + 84), (x + 24 + i * 11, y + 108)] for i in range(int((w - 40) / 11))], c.deep, 1.5)
        ladder = line(f"M{x + 12} {y + 82}H{x + w - 8}M{x + 12} {y + 110}H{x + w - 8}", c.deep, 1.2, stroke_dasharray="4 2")
        wrinkles = line("".join(smooth([(x + 60 + i * 80, y + 14 + 6 * sin(i + k)), (x + 110 + i * 78, y + 30), (x + 150 + i * 74, y + 20)]) for i in range(5)), c.main, 1.6)
        out += shadow(d, 2, 8, 0.22) + shade + wrinkles + drawn + ladder + lisiere(f"M{x + 4} {y + 122}C{x + w * 0.3} {y + 136} {x + w * 0.7} {y + 134} {x + w} {y + 118}", 3, 6)
    return plate(out, defs=gradient("linen", [(0, c.pale, 1), (0.6, c.ground, 1), (1, c.main, 1)]))


def playing_cards(_: Colourway) -> str:
    c, night = COLOURWAYS["ivoire-encre"], COLOURWAYS["ciel-lave-brique"]
    names = ("BISE", "MISTRAL", "PONANT", "ZONDA", "BORA")
    out = []
    for k, name in enumerate(names):
        card = path("M-130 -190Q-130 -206 -114 -206H114Q130 -206 130 -190V190Q130 206 114 206H-114Q-130 206 -130 190Z", c.pale, stroke="#8F846E", sw=1.4)
        frame = rect((-114, -190), 228, 380, stroke=SAFFRON, sw=2.4) + rect((-108, -184), 216, 368, stroke=INK, sw=1.0)
        face = rose((0, 0), 84, (c, night)[k % 2], 16) + circle((0, 0), 94, stroke=c.deep, sw=1.0) + line("".join(f"M{-80 + 6 * j} {124 + 9 * j}c30 -18 60 14 90 0s40 -26 56 -8" for j in range(4)) + "".join(f"M{-80 + 6 * j} {-150 + 9 * j}c30 -18 60 14 90 0s40 -26 56 -8" for j in range(4)), c.main, 1.6)
        title = line(lettered(name, (-66, -166), 13), INK, 1.6, stroke_linecap="round") + group(line(lettered(name, (-66, -166), 13), INK, 1.6, stroke_linecap="round"), transform="rotate(180)")
        out.append(group(shadow("M-130 -206H130V206H-130Z", 3, 6, 0.25), card, frame, face if k == 4 else "", title, transform=f"translate({330 + k * 34} {486 - 4 * k}) rotate({-30 + k * 12})"))
    box = group(rect((-96, -44), 192, 88, COLOURWAYS["encre-safran"].ground, stroke=INK, sw=1.4), lisiere("M-88 20H88", 2.4, 5), rose((0, -12), 24, night, 8), transform="translate(400 820)")
    return plate(ground(400, 872, 260, 20), *out, box)


def scarf_box(_: Colourway) -> str:
    blue, linen = "#2C3A55", "#E9E0CB"
    cloths = [COLOURWAYS[n] for n in ("encre-safran", "mure-rosee", "riviere-brume", "ciel-lave-brique", "roseau-tabac")]
    lid = path("M176 430L214 190H586L624 430Z", linen, stroke=INK, sw=1.4) + path("M160 430L204 170H596L640 430H624L586 190H214L176 430Z", blue, stroke=INK, sw=1.4)
    stamp = group(comb(COLOURWAYS["ivoire-encre"]), transform="translate(400 326) scale(1.1 .9)")
    inside = path("M160 430H640L600 520H200Z", darker(linen, 0.3), stroke=INK, sw=1.2)
    folded = "".join(path(f"M{192 + 84 * k} 508C{196 + 84 * k} {430 - 8 * (k % 2)} {260 + 84 * k} {430 - 8 * (k % 2)} {276 + 84 * k} 508Z", c.ground, stroke=c.line, sw=1.2) + line(f"M{204 + 84 * k} 502C{210 + 84 * k} 450 {252 + 84 * k} 450 {264 + 84 * k} 502", SAFFRON, 3) + line(f"M{216 + 84 * k} 506C{222 + 84 * k} 466 {244 + 84 * k} 466 {252 + 84 * k} 506", c.main, 1.4) for k, c in enumerate(cloths))
    front = path("M160 500H640L628 770H172Z", "url(#canvas)", stroke=INK, sw=1.8) + strokes([[(172, 516 + 6 * k), (630, 516 + 6 * k)] for k in range(42)], "#FFFFFF", 0.5, opacity=0.14)
    fittings = rect((352, 600), 96, 34, "url(#brass)", rx="4", stroke="#5E4418", sw=1.4) + path("M376 500h48v60q0 14 -24 18q-24 -4 -24 -18Z", "#A8652F", stroke="#4A2A10", sw=1.4) + circle((400, 556), 6, "url(#brass)", stroke="#5E4418", sw=1.0)
    return plate(ground(400, 778, 320, 40), lid, stamp, inside, folded, front, lisiere("M170 728H630", 3, 6), fittings, defs=BRASS + gradient("canvas", [(0, lighter(blue, 0.12), 1), (1, darker(blue, 0.4), 1)]))


def album(_: Colourway) -> str:
    cover = "M190 230Q190 214 206 214H590Q606 214 606 230V756Q606 772 590 772H206Q190 772 190 756Z"
    pages = path("M206 772H612V240H622V792H222Z", "#F5EEDD", stroke="#8F846E", sw=1) + strokes([[(610 + k * 3, 242), (610 + k * 3, 786)] for k in range(4)], "#B9AC8F", 0.8) + strokes([[(214, 776 + k * 4), (616, 776 + k * 4)] for k in range(4)], "#B9AC8F", 0.8)
    linen = '<pattern id="w" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#1F3B36"/><path d="M0 1H2.5M2.5 3.5H5" stroke="#FFF" stroke-opacity=".12"/><path d="M1 2.5V5M3.5 0V2.5" stroke="#000" stroke-opacity=".25"/></pattern>'
    title = line(lettered("CENT TRENTE ANS", (412, 612), 18, 2), "#EAD6A0", 1.8, stroke_linecap="round", stroke_linejoin="round") + line(lettered("SERANCE", (412, 650), 13, 3), "#EAD6A0", 1.4, stroke_linecap="round", stroke_linejoin="round")
    frame = rect((238, 252), 336, 482, stroke=SAFFRON, sw=3.0) + rect((246, 260), 320, 466, stroke="#0B1917", sw=1.8)
    ribbon_mark = path(ribbon([(470, 772), (474, 812), (462, 850), (476, 886)], [8] * 4, 4), SAFFRON) + line(smooth([(476, 772), (480, 812), (468, 850), (482, 886)]), INK, 3)
    return plate(group(shadow(cover, 14, 20), pages, ribbon_mark, path(cover, "url(#w)", stroke="#0B1917", sw=1.6), line("M220 216V770", "#0B1917", 3, opacity=0.6), line("M226 216V770", "#FFFFFF", 1.2, opacity=0.2), frame, group(comb(COLOURWAYS["riviere-safran"]), transform=place((412, 456), 0, 2.1)), title, transform="rotate(-5 400 500)"), defs=linen)


def bath(_: Colourway) -> str:
    """A carré lifted out of clear water by two wooden pegs."""
    c = COLOURWAYS["riviere-brume"]
    cloth = "M196 150C300 190 500 190 604 150C620 300 590 480 560 640C500 700 430 660 400 690C360 660 300 700 240 640C210 480 180 300 196 150Z"
    art = group(group(heron_square(c), transform="translate(170 140) scale(.51 .6)"), clip_path="url(#wet)")
    folds = "".join(path(f"M{x} 170C{x + 16} 340 {x + 4} 520 {x + 18} 670C{x + 46} 520 {x + 40} 330 {x + 34} 176Z", tone, opacity=0.13) for x, tone in ((224, "#000"), (300, "#FFF"), (352, "#000"), (430, "#FFF"), (486, "#000"), (540, "#FFF")))
    basin = path("M90 660C90 610 710 610 710 660L664 820C560 860 240 860 136 820Z", "url(#tub)", stroke="#6E6A5E", sw=2)
    water = ellipse((400, 664), 296, 46, "#CFE0E0", stroke="#8FA9AA", sw=1.4) + "".join(ellipse((400, 664), 180 + 34 * k, 20 + 7 * k, stroke="#FFFFFF", sw=1.6, opacity=0.9, stroke_dasharray=f"{60 + 20 * k} {20 + 6 * k}") for k in range(4))
    lip = line("M90 660C90 714 710 714 710 660", "#FFFFFF", 5, opacity=0.8) + lisiere("M118 756C260 800 540 800 682 756", 3.4, 7)
    drops = dots([(330 + 23 * k, 706 + (k * 37) % 26) for k in range(7)], 2.6, "#8FB0B2")
    pegs = "".join(rect((x, 120), 16, 64, "#B98F5A", rx="5", stroke="#5E4418", sw=1.2) for x in (204, 580)) + line("M60 132C260 156 540 156 740 132", "#8F846E", 2)
    return plate(ground(400, 850, 330, 34), basin, water, group(path(cloth, c.ground), art, folds, line(cloth, c.line, 1.4)), path("M150 668C240 650 300 700 400 690S560 650 650 668C640 700 500 712 400 712S160 700 150 668Z", "#CFE0E0", opacity=0.72), lip, drops, pegs, defs=clip("wet", cloth) + gradient("tub", [(0, "#F4F1E8", 1), (1, "#BEB8A8", 1)]))


def edging(_: Colourway) -> str:
    leather = hide("tamaris")
    edge = [(110, 620), (260, 560), (420, 540), (580, 556), (700, 600)]
    skin = "M110 620C260 552 480 520 700 600V770C500 700 280 720 110 800Z"
    layers = "".join(line(smooth([(x, y + 9 * k) for x, y in edge]), tone, 9) for k, tone in enumerate((lighter(leather.base, 0.3), leather.base, leather.edge)))
    paint = line(smooth(edge[:3]), "#3A1A0C", 16, stroke_linecap="round", transform="translate(0 8)") + line(smooth(edge[:3]), "#A5683A", 3, stroke_linecap="round", opacity=0.8, transform="translate(0 3)")
    tool = group(path("M-9 0L-4 -70L-16 -300Q-16 -330 0 -334Q16 -330 16 -300L4 -70L9 0Q0 14 -9 0Z", "#7A4A22", stroke="#3B2410", sw=1.6), rect((-11, -100), 22, 34, "url(#brass)", rx="4", stroke="#5E4418", sw=1.2), path("M-7 -66H7L4 4Q0 12 -4 4Z", "#C9CDD0", stroke="#5F6468", sw=1.2), line("M-6 -290V-130", "#B98556", 3, opacity=0.7), transform="translate(430 556) rotate(34)")
    pot = group(path("M-64 0C-64 60 -52 90 -44 100C-20 112 20 112 44 100C52 90 64 60 64 0Z", "#F0E8D6", stroke="#8F846E", sw=1.6), ellipse((0, 0), 64, 18, "#3A1A0C", stroke="#8F846E", sw=4.0), ellipse((-10, -3), 26, 5, "#8A5230"), lisiere("M-56 56C-30 66 30 66 56 56", 2.4, 5), transform="translate(190 780)")
    return plate(ground(430, 800, 330, 30), panel(skin, leather), layers, stitches(smooth([(x, y + 62) for x, y in edge]), leather, 9), stitches(smooth([(x, y + 128) for x, y in edge]), leather, 9), paint, tool, ground(196, 888, 90, 14), pot, defs=leather.defs())


def restitching(_: Colourway) -> str:
    leather = hide("mure")
    glove = group(panel(outline(350), leather), stitches(smooth([(-48, 24), (-41, 80), (-34, 138)]), leather, 5), stitches(smooth([(1, 24), (1, 80), (1, 138)]), leather, 5), transform="translate(350 470) rotate(-16) scale(1.12)")
    tear = path("M424 414C440 460 448 506 448 552C438 512 426 470 420 418Z", "#E9D2A0", stroke=leather.edge, sw=1.6)
    thread = line(smooth([(446, 530), (520, 590), (600, 560), (640, 640), (560, 720), (470, 700), (500, 800), (640, 820)]), "#3A2C18", 4, opacity=0.2, transform="translate(4 7)") + line(smooth([(446, 530), (520, 590), (600, 560), (640, 640), (560, 720), (470, 700), (500, 800), (640, 820)]), SAFFRON, 3)
    sewn = strokes([[(422 + 3 * k, 424 + 15 * k), (438 + 2 * k, 420 + 15 * k)] for k in range(6)], SAFFRON, 3, stroke_linecap="round")
    needle = group(path("M-3 -110Q0 -126 3 -110L1.4 110L0 124L-1.4 110Z", "#C9CDD0", stroke="#5F6468", sw=1.0), ellipse((0, -104), 1.4, 8, "#F6F1E7"), transform="translate(520 520) rotate(58)")
    spool = group(rect((-40, -62), 80, 16, "#B98F5A", rx="5", stroke="#5E4418", sw=1.4), rect((-40, 46), 80, 16, "#B98F5A", rx="5", stroke="#5E4418", sw=1.4), rect((-30, -46), 60, 92, SAFFRON), strokes([[(-30, -42 + 5 * k), (30, -39 + 5 * k)] for k in range(18)], darker(SAFFRON, 0.4), 1), transform="translate(676 810)")
    return plate(ground(400, 872, 250, 18), group(shadow(outline(350), 8, 12, 0.3), transform="translate(350 470) rotate(-16) scale(1.12)"), glove, tear, sewn, thread, ground(680, 876, 70, 10), spool, needle, defs=leather.defs())


def engraving(_: Colourway) -> str:
    leather = hide("encre")
    patch = "M90 430C260 414 540 414 710 430V760C540 776 260 776 90 760Z"
    plate_art = rect((230, 506), 340, 150, "#000", rx="12", opacity="0.35", transform="translate(4 8)") + rect((230, 506), 340, 150, "url(#brass)", rx="12", stroke="#5E4418", sw=2.0) + rect((242, 518), 316, 126, stroke="#7A5820", sw=1.2, rx="7") + "".join(circle((x, 581), 5, "#8F6A2B", stroke="#5E4418", sw=1.0) for x in (256, 544))
    letters = line(lettered("A S K", (396, 580), 64, 1.6), "#5E4418", 5, stroke_linecap="round", stroke_linejoin="round") + line(lettered("A S K", (398, 582), 64, 1.6), "#FFF3CF", 1.6, stroke_linecap="round", stroke_linejoin="round")
    curls = line("".join(f"M{num(x)} {num(y)}q8 -12 16 -2t-4 10" for x, y in ((500, 610), (470, 628), (520, 560))), "#E9CF8E", 2.4)
    burin = group(path("M-5 0L-7 -190H7L5 0L0 12Z", "#C9CDD0", stroke="#5F6468", sw=1.2), path("M-12 -190H12L16 -220C44 -250 40 -320 0 -330C-40 -320 -44 -250 -16 -220Z", "#7A4A22", stroke="#3B2410", sw=1.6), line("M-18 -300C-24 -280 -22 -254 -10 -234", "#C28B57", 4, opacity=0.7, stroke_linecap="round"), transform="translate(484 566) rotate(42)")
    return plate(ground(400, 774, 340, 30), shadow(patch, 4, 12), panel(patch, leather), stitches("M104 446C260 430 540 430 696 446V744C540 760 260 760 104 744Z", leather, 8), lisiere("M120 712C260 724 540 724 680 712", 3, 6), plate_art, letters, curls, burin, defs=leather.defs())


def fountain(_: Colourway) -> str:
    column = rect((150, 150), 120, 640, "url(#brass)", rx="14", stroke="#5E4418", sw=2.0) + strokes([[(166 + k * 13, 170), (166 + k * 13, 770)] for k in range(8)], "#5E4418", 0.9, opacity=0.5) + rect((128, 786), 164, 34, "url(#brass)", rx="8", stroke="#5E4418", sw=1.6) + rect((136, 128), 148, 30, "url(#brass)", rx="8", stroke="#5E4418", sw=1.6)
    spout = path("M264 270C380 250 470 270 490 340V384H450V350C440 310 380 300 264 320Z", "url(#brass)", stroke="#5E4418", sw=2) + rect((442, 380), 56, 18, "url(#brass)", rx="4", stroke="#5E4418", sw=1.4)
    tap = line("M356 262V210M318 208H394", "#5E4418", 17, stroke_linecap="round") + line("M356 262V210M318 208H394", "#C9A052", 13, stroke_linecap="round")
    stream = line("M470 398V560", "#E9D9A4", 7) + line("M468 398V560", "#FFFFFF", 2, opacity=0.7)
    bottle = "M380 640C380 610 410 596 438 590V556H502V590C530 596 560 610 560 640V800Q560 826 534 826H406Q380 826 380 800Z"
    glass = path(bottle, "#E7EDE8", opacity=0.85) + path("M394 700H546V796Q546 812 530 812H410Q394 812 394 796Z", "#E4CF8C") + ellipse((470, 700), 76, 6, "#F4E8BE") + path(bottle, "none", stroke="#6F7A72", sw=2) + line("M402 650V790", "#FFFFFF", 7, opacity=0.7, stroke_linecap="round")
    label = rect((424, 724), 92, 74, "#F8F2E4", stroke="#8F846E", sw=1.0) + lisiere("M434 780H506", 2.2, 4) + group(comb(COLOURWAYS["ivoire-encre"]), transform=place((470, 762), 0, 0.36))
    seal = group(comb(COLOURWAYS["encre-safran"]), transform=place((210, 470), 0, 0.72))
    return plate(ground(380, 832, 330, 36), column, circle((210, 462), 50, "#1F3B36", stroke="#5E4418", sw=4.0), seal, spout, tap, stream, glass, label, lisiere("M150 720H270", 3, 6), defs=BRASS)


MAKES = {
    "plaid-premiere-neige": blanket, "coussin-fougeres": cushion, "taie-sel-et-lin": pillowcase, "jeu-de-cartes-atlas": playing_cards,
    "boite-a-foulards": scarf_box, "album-cent-trente-ans": album, "bain-de-jouvence": bath, "re-edge-of-leather": edging,
    "glove-re-stitching": restitching, "engraving-of-the-brass-plate": engraving, "scent-refill-at-the-fountain": fountain,
}  # fmt: skip
HANDLES = tuple(MAKES)


def draw(handle: str, colour: str, others: list[str]) -> str:
    return MAKES[handle](COLOURWAYS[colour or "ivoire-encre"])

