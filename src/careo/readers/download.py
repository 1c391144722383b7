"""All that a reader gave us as one file: `careo.json` for programs, `index.html` for people, the same in both."""

from __future__ import annotations

import json
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from careo.readers.adapter import paper_name
from careo.readers.given import parts
from careo.readers.models import Reader

IN_MEMORY = 2_000_000  # bytes; what is larger goes by way of the disk


def as_zip(reader: Reader) -> IO[bytes]:
    """The file, at its beginning. Ten thousand posts take some seconds; most readers have a page."""
    found = list(parts(reader))
    about = {"paper": paper_name(None), "address": settings.CAREO_ADDRESS, "made_at": timezone.now()}
    told = about | {"parts": {part.name: part.rows for part in found}}
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # the caller closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("careo.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr(
            "index.html", render_to_string("readers/download/index.html", about | {"parts": found})
        )
    file.seek(0)
    return file
