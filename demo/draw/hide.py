"""Leather and brass as materials: tones, panels, stitches, fittings."""

from dataclasses import dataclass

from .palette import INK, LEATHERS, METALS, SAFFRON, darker, lighter, mix
from .plate import gradient
from .svg import Pt, circle, line, num, path, rect, strokes


@dataclass(frozen=True)
class Hide:
    """One leather: its colour and the thread and shades that go with it."""

    base: str

    @property
    def light(self) -> str:
        return lighter(self.base, 0.2)

    @property
    def dark(self) -> str:
        return darker(self.base, 0.42)

    @property
    def edge(self) -> str:
        return darker(self.base, 0.62)

    @property
    def thread(self) -> str:
        return mix(lighter(self.base, 0.55), "#E9D9B4", 0.6)

    def defs(self) -> str:
        front = [(0.0, lighter(self.base, 0.16), 1.0), (0.45, self.base, 1.0), (1.0, darker(self.base, 0.3), 1.0)]
        side = [(0.0, darker(self.base, 0.3), 1.0), (0.5, darker(self.base, 0.14), 1.0), (1.0, darker(self.base, 0.5), 1.0)]
        gloss = [(0.0, "#FFF", 0.2), (0.3, "#FFF", 0.03), (0.6, "#FFF", 0.0), (1.0, "#000", 0.14)]
        brass = [(0.0, "#E9CF8E", 1.0), (0.35, "#C39A4C", 1.0), (0.6, "#8F6A2B", 1.0), (1.0, "#D2AE66", 1.0)]
        steel = [(0.0, "#F2F3F3", 1.0), (0.35, "#B4B8BB", 1.0), (0.6, "#7E8488", 1.0), (1.0, "#D5D8DA", 1.0)]
        return (
            gradient("front", front) + gradient("side", side, x2=1, y2=0.1) + gradient("gloss", gloss, x2=0.8, y2=1)
            + gradient("brass", brass, x2=1, y2=1) + gradient("silver", steel, x2=1, y2=1)
        )  # fmt: skip


def hide(name: str) -> Hide:
    return Hide(LEATHERS[name])


def panel(d: str, leather: Hide, fill: str = "front") -> str:
    """A piece of leather: shaded, glazed, with a painted edge."""
    return path(d, f"url(#{fill})") + path(d, "url(#gloss)", stroke=leather.edge, sw=2.2, stroke_linejoin="round")


def stitches(d: str, leather: Hide, length: float = 7) -> str:
    """Saddle stitch: a thread, its groove and its shadow."""
    dash = f"{num(length)} {num(length * 0.62)}"
    return (
        line(d, darker(leather.base, 0.4), 3.2, opacity=0.5)
        + line(d, leather.edge, 2, stroke_dasharray=dash, transform="translate(.8 1.2)")
        + line(d, leather.thread, 2, stroke_dasharray=dash, stroke_linecap="round")
    )


def lisiere(d: str, sw: float = 2.4, gap: float = 5) -> str:
    """The selvedge along a path: saffron, and ink below it."""
    return line(d, SAFFRON, sw) + line(d, INK, sw * 0.55, transform=f"translate(0 {num(gap)})")


def hatch(corner: Pt, width: float, height: float, step: float, colour: str, slant: float = 0.5, opacity: float = 0.35) -> str:
    """Engraver's shading in a box, lines getting shorter to the right."""
    rows = int(height / step)
    lines = [[(corner[0], corner[1] + k * step), (corner[0] + width * (1 - 0.5 * (k / max(rows, 1))), corner[1] + k * step - width * slant * 0.2)] for k in range(rows)]
    return strokes(lines, colour, 0.8, opacity=f"{opacity:g}")


def clasp(at: Pt, scale: float = 1.0, metal: str = "brass") -> str:
    """The Relais clasp: a cast plate with a row of pins and a bar over them."""
    dark = darker(METALS[metal], 0.5)
    plate = rect((-34, -26), 68, 52, f"url(#{metal})", rx="9", stroke=dark, sw=1.4)
    inner = rect((-27, -19), 54, 38, stroke=dark, sw=0.9, rx="5", opacity="0.7")
    pins = "".join(rect((-22 + k * 10.4, -12), 3, 24, lighter(METALS[metal], 0.35), rx="1.5", stroke=dark, sw=0.7) for k in range(5))
    bar = rect((-30, -5), 60, 10, f"url(#{metal})", rx="5", stroke=dark, sw=1.2) + line("M-24-2H20", "#FFF6DC", 1.6, opacity=0.8, stroke_linecap="round")
    screws = circle((-28, -20), 1.8, dark) + circle((28, -20), 1.8, dark) + circle((-28, 20), 1.8, dark) + circle((28, 20), 1.8, dark)
    shade = rect((-33, -22), 70, 54, "#000", rx="9", opacity="0.25")
    return f'<g transform="translate({num(at[0])} {num(at[1])}) scale({scale:g})">{shade}{plate}{inner}{pins}{bar}{screws}</g>'


def stud(at: Pt, radius: float, metal: str = "brass") -> str:
    return (
        circle((at[0] + 1, at[1] + 2), radius, "#000", opacity="0.3")
        + circle(at, radius, f"url(#{metal})", stroke=darker(METALS[metal], 0.5), sw=1)
        + circle((at[0] - radius * 0.3, at[1] - radius * 0.3), radius * 0.28, "#FFF6DC", opacity="0.8")
    )


def ring(at: Pt, rx: float, ry: float, metal: str = "brass", sw: float = 6) -> str:
    box = f'cx="{num(at[0])}" cy="{num(at[1])}" rx="{num(rx)}" ry="{num(ry)}" fill="none"'
    return f'<ellipse {box} stroke="{darker(METALS[metal], 0.55)}" stroke-width="{sw + 2:g}"/><ellipse {box} stroke="url(#{metal})" stroke-width="{sw:g}"/>'
