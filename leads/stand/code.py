"""How does an address become a code that a phone's camera reads?"""

from __future__ import annotations

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

MARGIN = 4


def drawn(address: str, said: str) -> SafeString:
    """The address as a QR code in SVG; `said` is what screen readers say instead."""
    code = qrcode.QRCode(border=MARGIN, error_correction=ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges"><path d="{2}"/></svg>',
        len(rows),
        said,
        path,
    )
