"""What a script needs of us stands in an attribute: the policy of our pages allows no script within them."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """JSON, still to be escaped by the template as any text."""
    return json.dumps(value, cls=DjangoJSONEncoder)
