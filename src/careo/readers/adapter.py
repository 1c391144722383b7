"""How allauth behaves in our house."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class ReaderAdapter(DefaultAccountAdapter):
    pass
