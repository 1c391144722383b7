"""The people a text names: every mention, joined to the fullest form, with the office the text states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careo.reading.surface import Surface
from careo.reading.types import Person, Span

_NAME = re.compile(r"[A-ZÁÉÍÓÚÑ][\w’'-]+(?: (?:de |del |de la )?[A-ZÁÉÍÓÚÑ][\w’'-]+){1,3}")


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody a text names."""

    people: tuple[Person, ...]

    def named(self, name: str) -> Person | None:
        return next((person for person in self.people if person.name == name or person.name.endswith(" " + name)), None)


def cast_of(cut: Surface) -> Cast:
    seen: dict[str, list[Span]] = {}
    for match in _NAME.finditer(cut.text):
        seen.setdefault(match.group(), []).append(Span(match.start(), match.end()))
    return Cast(tuple(Person(name, None, tuple(spans)) for name, spans in seen.items()))
