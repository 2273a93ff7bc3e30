"""The plate every piece is drawn on: warm paper, a soft ground, the selvedge rule."""

from .palette import INK, PAPER, SAFFRON
from .svg import ellipse, group, line, rect

WIDTH, HEIGHT = 800, 1000

_PAPER_LIGHT = (
    '<radialGradient id="paper" cx=".5" cy=".42" r=".8"><stop offset="0" stop-color="#FBF8F1"/>'
    '<stop offset=".6" stop-color="#F6F1E7"/><stop offset="1" stop-color="#EAE2D2"/></radialGradient>'
    '<radialGradient id="ground"><stop offset="0" stop-color="#3A2C18" stop-opacity=".42"/>'
    '<stop offset=".55" stop-color="#3A2C18" stop-opacity=".16"/><stop offset="1" stop-color="#3A2C18" stop-opacity="0"/></radialGradient>'
    '<filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="9"/></filter>'
)


def gradient(name: str, stops: list[tuple[float, str, float]], x1: float = 0, y1: float = 0, x2: float = 0, y2: float = 1) -> str:
    """A linear gradient; stops are (offset, colour, opacity)."""
    body = "".join(
        f'<stop offset="{at:g}" stop-color="{colour}"' + (f' stop-opacity="{op:g}"' if op < 1 else "") + "/>"
        for at, colour, op in stops
    )
    return f'<linearGradient id="{name}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}">{body}</linearGradient>'


def clip(name: str, d: str) -> str:
    return f'<clipPath id="{name}"><path d="{d}"/></clipPath>'


def ground(x: float, y: float, rx: float, ry: float) -> str:
    """The soft shadow a standing piece throws on the table."""
    return ellipse((x, y), rx, ry, "url(#ground)")


def shadow(d: str, dx: float = 8, dy: float = 14, strength: float = 0.3) -> str:
    """The blurred shadow of an outline lying on the paper."""
    return group(f'<path d="{d}" fill="#3A2C18"/>', opacity=f"{strength:g}", filter="url(#soft)", transform=f"translate({dx:g} {dy:g})")


def signature(y: float = 950, width: float = 128) -> str:
    """Two fine rules, saffron over ink."""
    left, right = 400 - width / 2, 400 + width / 2
    return line(f"M{left:g} {y:g}H{right:g}", SAFFRON, 2.2) + line(f"M{left:g} {y + 5:g}H{right:g}", INK, 1.1)


def plate(*parts: str, defs: str = "", signed: bool = True) -> str:
    """A whole SVG document, 800 by 1000."""
    sheet = rect((0, 0), WIDTH, HEIGHT, PAPER) + rect((0, 0), WIDTH, HEIGHT, "url(#paper)")
    return document(WIDTH, HEIGHT, _PAPER_LIGHT + defs, sheet + "".join(parts) + (signature() if signed else ""))


def document(width: float, height: float, defs: str, body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"><defs>{defs}</defs>{body}</svg>\n'
