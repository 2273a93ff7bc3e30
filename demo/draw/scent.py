"""Flacons, candles, soap, discovery set and cream."""

from .charts import comb, ripple_line
from .hide import lisiere
from .palette import COLOURWAYS, INK, Colourway, darker, lighter
from .plants import moon, moth, mulberry_leaf, place
from .plate import gradient, ground, plate, shadow
from .svg import circle, ellipse, group, line, num, path, rect, smooth, strokes

BRASS = gradient("brass", [(0, "#8F6A2B", 1), (0.25, "#E9CF8E", 1), (0.5, "#B98B3E", 1), (0.8, "#D2AE66", 1), (1, "#7A5820", 1)], x2=1, y2=0)
BODY = "M250 470C250 430 290 412 330 404V360H470V404C510 412 550 430 550 470V800Q550 836 514 836H286Q250 836 250 800Z"
LIQUID = "M270 520H530V796Q530 816 510 816H290Q270 816 270 796Z"

# handle: liquid, glass, label emblem
JUICES = {
    "eau-de-serance": ("#E9D9A4", "#DDE5DC", "leaf"),
    "encre-et-safran": ("#8A4A16", "#E2DACB", "lines"),
    "pluie-sur-la-saone": ("#A9BFA0", "#D5E0DC", "ripple"),
    "jardin-de-nuit-eau-de-parfum": ("#232B4A", "#46506E", "moth"),
}


def _emblem(kind: str, c: Colourway) -> str:
    if kind == "leaf":
        return group(mulberry_leaf(1, "#7C9060", INK, "#F3ECDA"), transform=place((400, 646), 0, 0.62))
    if kind == "lines":
        return "".join(line(f"M352 {612 + 18 * k}H448", "#C98A1B", 3 - 0.3 * k) + line(f"M352 {619 + 18 * k}H448", INK, 1.4) for k in range(5))
    if kind == "ripple":
        return "".join(line(ripple_line((344, 612 + 15 * k), 112, 6, 3), tone, 1.8) for k, tone in enumerate(("#3B6F65", "#5E8579", "#C98A1B", "#3B6F65", "#5E8579", "#3B6F65")))
    return moon((400, 622), 24, c) + group(moth(c), transform=place((400, 676), 0, 0.3))


def stopper(x: float, top: float, scale: float = 1) -> str:
    pins = strokes([[(-40 + 9 * k, 26), (-40 + 9 * k, 74)] for k in range(10)], "#6E4F1E", 1.4)
    cap = "M-48 16Q-48 0 -32 0H32Q48 0 48 16V84H-48Z"
    collar = rect((-56, 84), 112, 20, "url(#brass)", rx="4", stroke="#5E4418", sw=1.4)
    return group(path(cap, "url(#brass)", stroke="#5E4418", sw=1.6), pins, line("M-36 6C-20 3 10 3 30 6", "#FFF3CF", 2.4, opacity=0.8, stroke_linecap="round"), collar, transform=f"translate({num(x)} {num(top)}) scale({scale:g})")


def flacon(handle: str) -> str:
    juice, glass, kind = JUICES[handle]
    c = COLOURWAYS["minuit-lune"]
    defs = BRASS + gradient("glass", [(0, darker(glass, 0.3), 0.85), (0.12, lighter(glass, 0.5), 0.75), (0.3, glass, 0.14), (0.7, glass, 0.1), (0.9, lighter(glass, 0.6), 0.7), (1, darker(glass, 0.35), 0.9)], x2=1, y2=0)
    defs += gradient("juice", [(0, lighter(juice, 0.22), 0.95), (0.5, juice, 0.95), (1, darker(juice, 0.32), 1)], x2=0.35, y2=1)
    ribs = strokes([[(258 + k * 4, 470 + k * 4), (258 + k * 4, 806)] for k in range(4)] + [[(542 - k * 4, 470 + k * 4), (542 - k * 4, 806)] for k in range(4)], "#FFFFFF", 1.2, opacity=0.5)
    shoulder = line("M262 476C290 440 340 428 400 428S510 440 538 476", "#FFFFFF", 2.4, opacity=0.7) + line("M270 492C300 458 340 448 400 448S500 458 530 492", darker(glass, 0.5), 1, opacity=0.5)
    label = rect((322, 562), 156, 196, "#F8F2E4", stroke="#8F846E", sw=1.2) + rect((330, 570), 140, 180, stroke=INK, sw=0.8) + lisiere("M342 728H458", 2.4, 5) + _emblem(kind, c)
    gleam = path("M286 540C282 620 282 720 288 790L302 790C296 720 296 620 302 540Z", "#FFFFFF", opacity=0.5) + path("M510 560C514 640 514 720 508 780L514 780C520 720 520 640 516 560Z", "#FFFFFF", opacity=0.35)
    caustic = ellipse((438, 852), 170, 16, lighter(juice, 0.25), opacity=0.35)
    neck = rect((352, 366), 96, 44, "url(#glass)", stroke=darker(glass, 0.5), sw=1.2)
    thread = line("M350 402C370 412 430 412 450 402M350 396C370 406 430 406 450 396", "#C98A1B", 3.4) + line("M350 408C370 418 430 418 450 408", INK, 1.6)
    return plate(ground(412, 842, 230, 36), caustic, path(BODY, lighter(glass, 0.35), opacity=0.7), path(LIQUID, "url(#juice)"), ellipse((400, 520), 130, 7, lighter(juice, 0.4), opacity=0.9), path(BODY, "url(#glass)", stroke=darker(glass, 0.55), sw=2), ribs, shoulder, neck, gleam, thread, label, stopper(400, 262), defs=defs)


def candle(tone: str, wax: str) -> str:
    cup = "M246 500C246 620 252 740 270 812C310 836 490 836 530 812C548 740 554 620 554 500Z"
    shade = gradient("cup", [(0, darker(tone, 0.32), 1), (0.3, lighter(tone, 0.2), 1), (0.6, tone, 1), (1, darker(tone, 0.45), 1)], x2=1, y2=0)
    glow = '<radialGradient id="glow"><stop offset="0" stop-color="#FFE7A8" stop-opacity=".85"/><stop offset="1" stop-color="#FFE7A8" stop-opacity="0"/></radialGradient>'
    rings = "".join(line(f"M{248 + k} {560 + 46 * k}C330 {576 + 46 * k} 470 {576 + 46 * k} {552 - k} {560 + 46 * k}", darker(tone, 0.3), 0.9, opacity=0.35) for k in range(6))
    speck = group(*(circle((260 + (k * 97) % 280, 540 + (k * 61) % 260), 1.3, darker(tone, 0.45)) for k in range(60)), opacity=0.5)
    top = ellipse((400, 500), 154, 40, lighter(tone, 0.15), stroke=darker(tone, 0.5), sw=1.6) + ellipse((400, 504), 140, 33, wax) + ellipse((400, 508), 74, 15, lighter(wax, 0.6), opacity=0.8)
    flame = circle((400, 420), 150, "url(#glow)") + line("M400 506V470", INK, 4, stroke_linecap="round") + path("M400 372C424 414 424 446 400 468C376 446 376 414 400 372Z", "#F0B84A") + path("M400 410C412 432 412 450 400 464C388 450 388 432 400 410Z", "#FFF4D2")
    ink = COLOURWAYS["ivoire-encre"] if tone != "#3B4560" else COLOURWAYS["encre-safran"]
    return plate(ground(408, 830, 230, 38), path(cup, "url(#cup)", stroke=darker(tone, 0.5), sw=2), speck, rings, lisiere("M256 610C330 630 470 630 544 610", 3.4, 7), top, flame, group(comb(ink), transform=place((400, 728), 0, 1.0)), defs=shade + glow)


def soap(_: str) -> str:
    top, front = "M190 520L360 440H620L610 470L450 560H190Z", "M190 556H452L614 470V600L456 700H206Q190 700 190 684Z"
    face = gradient("soap", [(0, "#F7EFD9", 1), (1, "#D8C9A4", 1)])
    twine = line("M286 700V556L440 462M296 700V558L452 464", "#B79B68", 5) + line("M286 700V556L440 462", "#7E673C", 5, stroke_dasharray="1.4 4")
    bow = line(smooth([(362, 512), (300, 470), (292, 430), (340, 430), (366, 506), (420, 440), (470, 436), (456, 482), (370, 512)]), "#B79B68", 5) + line(smooth([(366, 510), (330, 560), (300, 590)]) + smooth([(366, 510), (400, 556), (430, 574)]), "#B79B68", 5, stroke_linecap="round")
    body = "M190 520L360 440H620Q640 440 640 460V580L470 700H206Q190 700 190 684Z"
    side = path("M470 548L640 452V580L470 700Z", "#CDBB90") + strokes([[(480 + k * 11, 560 - k * 6), (480 + k * 11, 680 - k * 7)] for k in range(14)], "#8F7B4C", 0.8, opacity=0.5)
    stamp = group(comb(COLOURWAYS["lin-ecru"]), transform=place((380, 640), 0, 0.9), opacity="0.75")
    return plate(ground(420, 704, 280, 36), path(body, "url(#soap)"), side, path("M190 520L360 440H630L470 548H190Z", "#FBF5E4"), line(body, "#8F7B4C", 2) + line("M190 548H470L638 452M470 548V700", "#8F7B4C", 1.4), stamp, lisiere("M206 676H456", 2.6, 5), twine, bow, line(top + front, "none", 0), defs=face)


def discovery(_: str) -> str:
    """Four tubes in an open card box."""
    tray = "M170 380H630V760H170Z"
    lid = "M170 380L206 236H594L630 380Z"
    defs = BRASS + gradient("lid", [(0, "#E5DAC0", 1), (1, "#F8F2E4", 1)])
    tubes = []
    for k, (juice, _glass, _kind) in enumerate(JUICES.values()):
        x = 226 + k * 94
        tubes.append(rect((x - 4, 426), 74, 292, "#D5C7A6", rx="10") + rect((x + 10, 440), 46, 264, "#FFFFFF", rx="20", opacity="0.6", stroke="#8F846E", sw=1.4) + rect((x + 14, 520), 38, 180, juice, rx="17", opacity="0.92"))
        tubes.append(rect((x + 8, 428), 50, 62, "url(#brass)", rx="5", stroke="#5E4418", sw=1.2) + line(f"M{x + 20} 500V690", "#FFFFFF", 4, opacity=0.7, stroke_linecap="round") + rect((x + 14, 590), 38, 50, "#F8F2E4") + lisiere(f"M{x + 18} 622H{x + 48}", 2, 4))
    crest = group(comb(COLOURWAYS["ivoire-encre"]), transform=place((400, 318), 0, 0.7))
    return plate(ground(400, 770, 300, 32), shadow(tray), path(lid, "url(#lid)", stroke="#8F846E", sw=1.4), crest, lisiere("M186 366H614", 3, 6), path(tray, "#F3EAD6", stroke="#8F846E", sw=1.6), rect((186, 396), 428, 348, "#E5DAC0", stroke="#8F846E", sw=1.0), *tubes, defs=defs)


def cream(_: str) -> str:
    side = "M190 560C190 620 200 680 214 700C270 756 530 756 586 700C600 680 610 620 610 560Z"
    defs = gradient("tin", [(0, "#8F6A2B", 1), (0.2, "#EBD59B", 1), (0.5, "#B98B3E", 1), (0.8, "#DDBE78", 1), (1, "#7A5820", 1)], x2=1, y2=0)
    lid = ellipse((400, 560), 212, 118, "#1F3B36", stroke="#5E4418", sw=7.0) + ellipse((400, 560), 190, 102, stroke="#C98A1B", sw=2.4) + ellipse((400, 560), 182, 97, stroke=INK, sw=1.4)
    rings = "".join(ellipse((400, 560), 172 - k * 5, 91 - k * 3, stroke="#3F665D", sw=0.7) for k in range(4))
    shine = path("M214 520C250 470 330 446 400 446C330 462 262 492 230 548Z", "#FFFFFF", opacity=0.16)
    return plate(ground(408, 728, 270, 36), path(side, "url(#tin)", stroke="#5E4418", sw=1.6), strokes([[(200 + k * 20, 640 + (0.1 * (k - 10) ** 2) * -0.2), (204 + k * 19.6, 700 - (k - 10) ** 2 * 0.12 + 28)] for k in range(21)], "#5E4418", 0.8, opacity=0.35), lid, rings, group(comb(COLOURWAYS["riviere-safran"]), transform="translate(400 576) scale(1.5 1.0)"), shine, defs=defs)


MAKES = {
    **dict.fromkeys(JUICES, flacon), "bougie-lin-blanc": lambda _: candle("#EDE6D6", "#F8F2DF"), "bougie-atelier": lambda _: candle("#3B4560", "#EFE4C6"),
    "savon-au-lin": soap, "coffret-decouverte": discovery, "creme-tamaris": cream,
}  # fmt: skip
HANDLES = tuple(MAKES)


def draw(handle: str, colour: str, others: list[str]) -> str:
    return MAKES[handle](handle)

