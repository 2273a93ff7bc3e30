"""Geometry and markup for the plates: points in, SVG text out.

Coordinates are in user units, y downwards. Every path is written with one
decimal, which is finer than a screen shows and keeps a plate under 60 KB.
"""

from collections.abc import Sequence
from math import atan2, cos, hypot, sin

Pt = tuple[float, float]


def num(value: float) -> str:
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    if text.startswith(("0.", "-0.")):
        return text.replace("0.", ".", 1)
    return "0" if text == "-0" else text


def xy(point: Pt) -> str:
    return f"{num(point[0])} {num(point[1])}"


def poly(points: Sequence[Pt], closed: bool = False) -> str:
    return _relative("l", points[0], [[p] for p in points[1:]]) + ("Z" if closed else "")


def _relative(command: str, start: Pt, steps: Sequence[Sequence[Pt]]) -> str:
    """Steps written from the last rounded point, so that errors do not add up."""
    at = (round(start[0], 1), round(start[1], 1))
    out = ["M" + xy(at)]
    for step in steps:
        deltas = " ".join(f"{num(p[0] - at[0])} {num(p[1] - at[1])}" for p in step)
        out.append(command + deltas.replace(" -", "-"))
        end = step[-1]
        at = (at[0] + round(end[0] - at[0], 1), at[1] + round(end[1] - at[1], 1))
    return "".join(out)


def smooth(points: Sequence[Pt], closed: bool = False, tension: float = 6) -> str:
    """A Catmull-Rom spline through the points, as cubic Béziers."""
    pts = list(points)
    count = len(pts)
    steps = []
    for i in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (pts[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1 = pts[max(i - 1, 0)], pts[i]
            p2, p3 = pts[i + 1], pts[min(i + 2, count - 1)]
        c1 = (p1[0] + (p2[0] - p0[0]) / tension, p1[1] + (p2[1] - p0[1]) / tension)
        c2 = (p2[0] - (p3[0] - p1[0]) / tension, p2[1] - (p3[1] - p1[1]) / tension)
        steps.append((c1, c2, p2))
    return _relative("c", pts[0], steps) + ("Z" if closed else "")


def sample(points: Sequence[Pt], per_span: int = 8) -> list[Pt]:
    """Points along the same spline as `smooth`, `per_span` to each span."""
    pts, out = list(points), []
    last = len(pts) - 1
    for i in range(last):
        p0, p1, p2, p3 = pts[max(i - 1, 0)], pts[i], pts[i + 1], pts[min(i + 2, last)]
        for k in range(per_span):
            t = k / per_span
            out.append((_cubic(p0[0], p1[0], p2[0], p3[0], t), _cubic(p0[1], p1[1], p2[1], p3[1], t)))
    out.append(pts[-1])
    return out


def _cubic(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def normals(points: Sequence[Pt]) -> list[Pt]:
    """Unit normals, to the left of the direction of travel."""
    out = []
    for i in range(len(points)):
        a, b = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        length = hypot(b[0] - a[0], b[1] - a[1]) or 1
        out.append(((b[1] - a[1]) / length, -(b[0] - a[0]) / length))
    return out


def offset(points: Sequence[Pt], widths: Sequence[float]) -> list[Pt]:
    """The points moved sideways, each by its own width."""
    return [(p[0] + v[0] * w, p[1] + v[1] * w) for p, v, w in zip(points, normals(points), widths, strict=True)]


def spread(widths: Sequence[float], count: int) -> list[float]:
    """`widths` stretched evenly to `count` values."""
    out = []
    for i in range(count):
        at = i / max(count - 1, 1) * (len(widths) - 1)
        low = min(int(at), len(widths) - 2)
        out.append(widths[low] + (widths[low + 1] - widths[low]) * (at - low))
    return out


def ribbon(points: Sequence[Pt], widths: Sequence[float], per_span: int = 3) -> str:
    """A closed outline round a spline, half-widths given along its length."""
    mid = sample(points, per_span)
    half = spread(widths, len(mid))
    left, right = offset(mid, half), offset(mid, [-w for w in half])
    return smooth(left) + smooth(right[::-1]).replace("M", "L", 1) + "Z"


def turn(point: Pt, angle: float, about: Pt = (0, 0)) -> Pt:
    x, y = point[0] - about[0], point[1] - about[1]
    return (about[0] + x * cos(angle) - y * sin(angle), about[1] + x * sin(angle) + y * cos(angle))


def polar(radius: float, angle: float, about: Pt = (0, 0)) -> Pt:
    return (about[0] + radius * cos(angle), about[1] + radius * sin(angle))


def heading(a: Pt, b: Pt) -> float:
    return atan2(b[1] - a[1], b[0] - a[0])


def between(a: Pt, b: Pt, t: float) -> Pt:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def attrs(given: dict[str, object]) -> str:
    out = []
    for key, value in given.items():
        if value is not None:
            name = {"sw": "stroke-width", "op": "opacity"}.get(key, key.replace("_", "-"))
            out.append(f' {name}="{num(value) if isinstance(value, float) and key != "op" else value}"')
    return "".join(out)


def path(d: str, fill: str = "none", **given: object) -> str:
    return f'<path d="{d}"{attrs({"fill": fill, **given})}/>'


def line(d: str, stroke: str, sw: float = 1.0, **given: object) -> str:
    return f'<path d="{d}"{attrs({"fill": "none", "stroke": stroke, "sw": float(sw), **given})}/>'


def circle(centre: Pt, radius: float, fill: str = "none", **given: object) -> str:
    return f'<circle cx="{num(centre[0])}" cy="{num(centre[1])}" r="{num(radius)}"{attrs({"fill": fill, **given})}/>'


def ellipse(centre: Pt, rx: float, ry: float, fill: str = "none", **given: object) -> str:
    at = f'cx="{num(centre[0])}" cy="{num(centre[1])}" rx="{num(rx)}" ry="{num(ry)}"'
    return f"<ellipse {at}{attrs({'fill': fill, **given})}/>"


def rect(corner: Pt, width: float, height: float, fill: str = "none", **given: object) -> str:
    at = f'x="{num(corner[0])}" y="{num(corner[1])}" width="{num(width)}" height="{num(height)}"'
    return f"<rect {at}{attrs({'fill': fill, **given})}/>"


def group(*parts: str, **given: object) -> str:
    return f"<g{attrs(dict(given))}>{''.join(parts)}</g>"


def use(name: str, transform: str = "", **given: object) -> str:
    return f'<use href="#{name}"{attrs({"transform": transform or None, **given})}/>'


def dots(points: Sequence[Pt], radius: float, colour: str, **given: object) -> str:
    """Many round dots in one path: zero-length strokes with round caps."""
    d = "".join(f"M{xy(p)}h0" for p in points)
    return line(d, colour, radius * 2, stroke_linecap="round", **given)


def strokes(lines: Sequence[Sequence[Pt]], colour: str, sw: float, **given: object) -> str:
    """Straight or broken lines, all in one path."""
    return line("".join(poly(points) for points in lines), colour, sw, **given)
