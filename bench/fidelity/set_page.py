"""HTML pages as different sites write them, and PDFs that a browser prints of them."""

import asyncio
import re
import shutil

from playwright.async_api import async_playwright

from bench.fidelity.parts import markup, plain


def semantic(parts: list[tuple], language: str) -> str:
    """A page of a careful site: one article, a table with a head and spans, figures."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>'
        f"{plain(parts[0][-1])} | Maison Sérance</title>"
        "<style>body{margin:0}</style></head><body><a href='#main' class='skip-link'>Skip</a>"
        "<header><nav><ul><li><a href='/'>Home</a></li><li><a href='/a'>Archive</a></li></ul></nav>"
        f"</header><main id='main'><article>{body(parts)}</article></main>"
        "<footer><p>© Maison Sérance</p><nav><a href='/l'>Legal</a></nav></footer></body></html>"
    )


def bare(parts: list[tuple], language: str) -> str:
    """Nothing but the words."""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"></head>'
        f"<body>{body(parts)}</body></html>"
    )


def body(parts: list[tuple]) -> str:
    """`parts` in plain good HTML."""
    found, listed = [], ""
    for kind, *rest in parts:
        tag = {"li": "ul", "ol": "ol"}.get(kind, "")
        if listed != tag:
            found.append((f"</{listed}>" if listed else "") + (f"<{tag}>" if tag else ""))
            listed = tag
        found.append(element(kind, rest))
    return "\n".join([*found, f"</{listed}>" if listed else ""])


def element(kind: str, rest: list) -> str:
    if kind == "h":
        return f"<h{rest[0]}>{markup(rest[1])}</h{rest[0]}>"
    if kind == "table":
        return f"<table>{spanning(rest[0])}</table>"
    if kind == "fig":
        return (
            '<figure><img src="a.jpg" alt=""><figcaption>'
            + markup(rest[0])
            + "</figcaption></figure>"
        )
    if kind in {"li", "ol"}:
        return f"<li>{markup(rest[-1])}</li>"
    if kind == "note":
        return f'<p class="note"><sup>{rest[0]}</sup> {markup(rest[1])}</p>'
    return f"<p>{markup(rest[-1], 'strong', 'em')}</p>"


def spanning(rows: list[list]) -> str:
    """The rows of a table, its merged cells with rowspan and colspan."""
    found = []
    for number, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(row):
            if cell is None or cell == "<":
                continue
            down = next(
                (n for n, r in enumerate(rows[number + 1 :], 1) if r[column] is not None),
                len(rows) - number,
            )
            wide = next(
                (n for n, c in enumerate(row[column + 1 :], 1) if c != "<"), len(row) - column
            )
            attributes = (f' rowspan="{down}"' if down > 1 else "") + (
                f' colspan="{wide}"' if wide > 1 else ""
            )
            tag = "th" if number == 0 else "td"
            cells.append(f"<{tag}{attributes}>{markup(cell)}</{tag}>")
        found.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join(found)


def soup(parts: list[tuple], language: str) -> str:
    """A page of a shop's system: nothing but div, a cookie banner, a menu, related pages."""
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<meta property="og:title" content="{plain(parts[0][-1])}"><title>Sérance</title>
<script>window.dataLayer=[];</script></head><body class="page">
<div id="cookie-banner" class="cookie-consent" role="dialog" aria-label="Cookies"><p>Nous utilisons
des cookies pour mesurer l’audience du site.</p><button>Accepter</button>
<a href="#">Réglages</a></div>
<div class="site-header"><div class="menu main-menu"><ul><li><a href="/s">Soies</a></li>
<li><a href="/c">Cuirs</a></li><li><a href="/p">Parfums</a></li></ul></div></div>
<div class="breadcrumb"><a href="/">Accueil</a> › <a href="/j">Journal</a></div>
<div class="content"><div class="inner"><div class="rich-text">
{body(parts)}
</div></div></div>
<div class="related-posts"><h3>À lire aussi</h3><ul><li><a href="/1">Le Héron</a></li>
<li><a href="/2">Les Fougères</a></li></ul></div>
<div class="newsletter"><h3>Lettre de la maison</h3><form><input name="e">
<button>Écrire</button></form>
</div><div id="footer" class="site-footer"><ul><li><a href="/m">Mentions</a></li></ul>
<p>© 2025 Maison Sérance</p></div><div style="display:none">Panier vide</div></body></html>"""


def ancient(parts: list[tuple], language: str, charset: str) -> bytes:
    """A page of 1999: a table for the layout, fonts, open tags, an encoding of its own."""
    inside = body(parts).replace("</p>", "").replace("</li>", "").replace("</td>", "")
    inside = re.sub(r"<h(\d)>", r'<H\1><FONT COLOR="#6B2139">', inside)
    page = f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset}">
<TITLE>{plain(parts[0][-1])}</TITLE></HEAD><BODY BGCOLOR="#F6F1E7">
<TABLE WIDTH=760 BORDER=0><TR><TD WIDTH=140 VALIGN=top><NAV><A HREF=a.html>Index</A></NAV></TD><TD>
{inside}
</TD></TR></TABLE></BODY></HTML>"""
    return page.encode(charset, "xmlcharrefreplace")


def malformed(parts: list[tuple], language: str) -> str:
    """A page that was never valid: tags that cross, a second body, stray ends, bare ampersands."""
    inside = body(parts).replace("</h2>", "</h2></div>", 1).replace("<p>", "<p><span>", 3)
    inside = inside.replace("&amp;", "&").replace("<b>", "<b><i>").replace("</b>", "</b></i>")
    return (
        f"<html lang={language}><body><div><div class=text>{inside}</p></div></body>"
        "<body></span></html>"
    )


def described(parts: list[tuple], language: str) -> str:
    """A page with sections, headings inside links and headers, hidden parts, asides."""
    inside = re.sub(r"<h2>(.*?)</h2>", r'<h2><a href="#"><span>\1</span></a></h2>', body(parts))
    inside = re.sub(r"<h1>(.*?)</h1>", r"<header><h1>\1</h1></header>", inside)
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset=utf-8></head><body>
<div role="banner">Maison Sérance <nav>Menu</nav></div>
<div role="main"><article>{inside}
<div hidden>draft of the next piece</div><span aria-hidden="true">★</span>
<div class="share-buttons"><a href="#">Share</a></div></article></div>
<aside><h2>Most read</h2><p>Five ways to tie a carré</p></aside>
<div role="contentinfo">Legal</div></body></html>"""


def encyclopaedia(parts: list[tuple], language: str) -> str:
    """A page of a wiki: a box of contents, edit links beside headings, a table with a caption."""
    inside = re.sub(
        r"<h2>(.*?)</h2>",
        r'<div class="heading"><h2 id="s">\1</h2><nav><a href="#">edit</a></nav></div>',
        body(parts),
    )
    inside = inside.replace("<table>", '<table class="wikitable"><tbody>').replace(
        "</table>", "</tbody></table>"
    )
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"></head><body>
<div id="sidebar" class="navigation-menu"><ul><li><a href="/">Main page</a></li></ul></div>
<div id="content"><div class="breadcrumbs"><a href="/c">Crafts</a> / <a href="/g">Gloves</a></div>
{inside}
</div><div id="footer"><p>Text of the house; last changed on 3 March 2025.</p></div></body>
</html>"""


PRINT = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><style>
body {{ font: {size}pt {font}; line-height: 1.45; text-align: {align}; hyphens: {hyphens}; }}
h1 {{ font-size: 2em; }} h2 {{ font-size: 1.4em; }} h3 {{ font-size: 1.05em; }}
article {{ columns: {columns}; column-gap: 2em; }}
table {{ border-collapse: collapse; width: 100%; hyphens: none; text-align: left; }}
td, th {{ border-bottom: 0.5pt solid #999; padding: 2pt 4pt; vertical-align: top; }}
sup {{ font-size: .65em }} {css}
</style></head><body><article>{body}</article></body></html>"""


def print_page(parts: list[tuple], language: str, **look: object) -> str:
    given = {
        "size": 10,
        "font": "'Liberation Serif'",
        "align": "left",
        "hyphens": "manual",
        "columns": 1,
        "css": "",
    } | look
    return PRINT.format(language=language, body=body(parts), **given)


def printed(page: str, head: str = "", foot: str = "") -> bytes:
    """`page` as a browser prints it, with the date the browser writes into it made constant."""
    data = asyncio.run(print_to_pdf(page, head, foot))
    return re.sub(rb"\(D:\d{14}[^)]*\)", lambda m: b"(D:20250303090000" + m[0][17:], data)


async def print_to_pdf(page: str, head: str, foot: str) -> bytes:
    small = "font-size:7pt;width:100%;padding:0 15mm"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = await browser.new_page()
        await tab.set_content(page)
        data = await tab.pdf(
            format="A4",
            margin={"top": "22mm", "bottom": "20mm", "left": "20mm", "right": "20mm"},
            display_header_footer=bool(head or foot),
            header_template=f"<div style='{small}'>{head}</div>",
            footer_template=f"<div style='{small};text-align:right'>{foot} <span class=pageNumber>"
            "</span>/<span class=totalPages></span></div>",
        )
        await browser.close()
    return data
