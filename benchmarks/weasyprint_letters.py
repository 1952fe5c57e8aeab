"""The letters of the measure as WeasyPrint sets them: data on standard input, a PDF out.

Runs in an environment of its own and imports nothing of the register.
"""

import base64
import html
import json
import sys
from typing import Any

STYLE = """
@page { size: A4; margin: 20mm 20mm 20mm 25mm }
body { font-family: 'Fira Sans', sans-serif; font-size: 10pt; margin: 0 }
.letter { page-break-after: always; position: relative }
.head, .back, .address, .block { position: absolute }
.head { top: -8mm } .back { top: 25mm; font-size: 7pt } .address { top: 42.7mm }
.block { top: 30mm; left: 100mm; font-size: 9pt }
h1 { font-size: 10pt; margin-top: 78.5mm }
.second { page-break-before: always }
table { width: 100%; border-collapse: collapse } td { border-bottom: .4pt solid #999 }
.slip { border-top: .6pt dashed #555; margin-top: 60mm; font-size: 9pt }
img { width: 26mm }
"""


def page(told: dict[str, Any]) -> str:
    letters = "".join(_letter(told, each) for each in told["letters"])
    return f"<html lang=de><head><title>Letters</title><style>{STYLE}</style></head><body>{letters}"


def _letter(told: dict[str, Any], each: dict[str, Any]) -> str:
    code = base64.b64encode(each["qr"].encode()).decode()
    block = "<br>".join(f"{label}: {_said(value)}" for label, value in told["information"])
    text = "".join(f"<p>{_lines(part.split(chr(10)))}</p>" for part in each["paragraphs"])
    agenda = "".join(f"<tr><td>{_said(row['title'])}<td>{row['minutes']}" for row in told["agenda"])
    groups = "".join(f"<p>☐ {_said(group)}</p>" for group in told["slip"]["groups"])
    return (
        f"<div class=letter><div class=head><b>{_said(told['head']['name'])}</b></div>"
        f"<div class=back>{_said(told['return_line'])}</div>"
        f"<div class=address>{_lines(each['address'])}</div><div class=block>{block}</div>"
        f"<h1>{_said(told['subject'])}</h1><p>{_said(each['salutation'])}</p>{text}"
        f'<p><img alt="{each["link"]}" src="data:image/svg+xml;base64,{code}">{each["link"]}</p>'
        f"<p>{told['greeting']}</p><p>{_lines(told['signature'])}</p>"
        f"<div class=second><h2>Tagesordnung</h2><table>{agenda}</table>"
        f"<div class=slip><h2>Antwort auf die Einladung Nr. {each['number']}</h2>"
        f"<p>☐ Wir nehmen teil.</p><p>☐ Wir nehmen nicht teil.</p>{groups}</div></div></div>"
    )


def _lines(rows: list[str]) -> str:
    return "<br>".join(map(_said, rows))


def _said(text: str) -> str:
    return html.escape(text)


if __name__ == "__main__":
    from weasyprint import HTML  # type: ignore[import-not-found]

    made = HTML(string=page(json.load(sys.stdin))).write_pdf(pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(made)
