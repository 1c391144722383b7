"""Headers that make a browser careful with what it is sent. The same for stored pages, files and Django's answers.

Public pages hold no inline script or style, so that markup from outside that slips through runs nothing. Wagtail's
desk has inline scripts, hence a policy of its own.
"""

from __future__ import annotations

from careo.edge.page import Headers

_EVERYWHERE = "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"

PAGE_POLICY = f"default-src 'self'; img-src 'self' data:; {_EVERYWHERE}"
DESK_POLICY = _EVERYWHERE
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # an SVG opened by itself runs nothing

# Nothing that a paper needs: what is not named here asks a reader first, or tells no more than a page does.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip

COMMON: Headers = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-frame-options", "SAMEORIGIN"),  # the desk shows previews in a frame of its own
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS),
)
HSTS: Headers = (("strict-transport-security", "max-age=31536000"),)
