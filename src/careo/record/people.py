"""Which person a name stands for, whatever the outlet: by its fullest form, accents and case aside.

A bare surname names nobody by itself ("Olmedo"), unless exactly one person of that surname is known to have held the
office the report states. What cannot be known stays None; an editor may say.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from careo.reading.types import Person as Named
from careo.record.models import Office, Person, PersonName
from careo.record.names import extends, folded


def person_for(named: Named, *, language: str, day: date | None) -> Person | None:
    """The person a report names, made where nobody is known by the name; form and office are kept beside it.

    `day` is the report's: offices are held for as long as reports show them.
    """
    person = _known(named.name) or _known_by_office(named, language)
    if person is None:
        if len(folded(named.name).split()) < 2:
            return None
        person = Person.objects.create(name=named.name)
    _keep_form(person, named.name, language)
    if named.office:
        _keep_office(person, named.office, language, day)
    return person


def _known(name: str) -> Person | None:
    """Whoever has the very name, else the only one whose name this one lengthens or shortens."""
    whole = folded(name)
    if len(whole.split()) < 2:
        return None
    first = whole.split()[0]
    forms = PersonName.objects.filter(Q(folded=whole) | Q(folded__startswith=f"{first} ")).select_related(
        "person"
    )
    exact = {form.person for form in forms if form.folded == whole}
    alike = {form.person for form in forms if extends(form.name, name) or extends(name, form.name)}
    candidates = exact or alike
    return candidates.pop() if len(candidates) == 1 else None


def _known_by_office(named: Named, language: str) -> Person | None:
    """The only holder of the stated office whose surnames include this bare one."""
    surname = folded(named.name)
    if not named.office or not surname or " " in surname:
        return None
    held = Office.objects.filter(title__iexact=named.office, language=language).select_related("person")
    holders = {office.person for office in held if surname in folded(office.person.name).split()[1:]}
    return holders.pop() if len(holders) == 1 else None


def _keep_form(person: Person, name: str, language: str) -> None:
    PersonName.objects.get_or_create(
        person=person, name=name, language=language, defaults={"folded": folded(name)}
    )
    if len(folded(name)) > len(folded(person.name)):
        person.name = name
        person.save(update_fields=["name"])


def _keep_office(person: Person, title: str, language: str, day: date | None) -> None:
    office = Office.objects.filter(person=person, title__iexact=title, language=language).first()
    if office is None:
        Office.objects.create(person=person, title=title, language=language, held_from=day, held_to=day)
    elif day is not None:
        office.held_from = min(office.held_from or day, day)
        office.held_to = max(office.held_to or day, day)
        office.save(update_fields=["held_from", "held_to"])
