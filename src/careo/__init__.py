"""Careo: a newsroom and newspaper in which every sentence can be followed back to what another outlet printed.

The rooms, in the order a report passes them: reading, press, record, desk, stories, paper, readers,
forum; `edge` serves, `project` puts all of it together. `docs/architecture.md` draws them.
"""

__version__ = "0.1.0"
