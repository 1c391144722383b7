"""What the demonstration's editor did at the desk before writing: named the events, and joined two that are one."""

from __future__ import annotations

from careo.desk.actions import merge, rename
from careo.desk.models import Event
from careo.project.demo.capturing import report_called
from careo.readers.models import Reader

# A report of each event → its name in our paper's language.
EVENTS = {
    "cortes-de-agua-desde-el-lunes": "Water cuts in Puerto Alba",
    "estibadores-paralizan-el-puerto": "Dock strike in Puerto Alba",
    "night-ferry-to-return": "The night ferry to Norland",
}
# The machine keeps what the minister said of the strike apart from the strike; to an editor it is one matter.
SAME = {"olmedo-no-enviaremos-a-la-policia": "estibadores-paralizan-el-puerto"}


def sort_events(editor: Reader) -> None:
    """Join and name the events, through the acts of the desk; done again it changes nothing."""
    for part, whole in SAME.items():
        if _event(part) != _event(whole):
            merge(_event(part), _event(whole), editor=editor)
    for slug, title in EVENTS.items():
        if _event(slug).title != title:
            rename(_event(slug), title, editor=editor)


def _event(slug: str) -> Event:
    return report_called(slug).placement.event
