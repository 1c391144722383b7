"""One line of JSON Lines as `--lines` takes it: the object that it is, or the sentence and the id to answer it with."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from typing import Any, NoReturn

from careo.project.cli.failures import Failure


class BadLine(Failure):
    """A line that asks nothing; `known` is its id where one could still be made out."""

    def __init__(self, sentence: str, known: object = None) -> None:
        self.known = known
        super().__init__(sentence)


def asked(line: bytes, such_as: str) -> dict[str, Any]:
    """The object on a line. `such_as` is an example for the refusal. Raises BadLine."""
    try:
        found = _parsed(line.rstrip().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        sentence = f"The line is not UTF-8 text (byte {error.start + 1:,}); write it anew as UTF-8."
        raise BadLine(sentence, _id_of(line.decode("utf-8", "replace"))) from error
    except json.JSONDecodeError as error:
        raise BadLine(
            f"The line is not JSON (character {error.pos + 1:,}); give one object a line."
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadLine("The line is not JSON that can be read; give one flat object a line.") from error
    if not isinstance(found, dict):
        raise BadLine(f"The line is not an object; give one such as {such_as}.")
    return found


def _parsed(line: str) -> Any:
    return json.loads(line, parse_constant=_no_number, parse_float=_finite)


def _no_number(word: str) -> NoReturn:
    """NaN and Infinity, which Python reads and writes although JSON has no such words."""
    raise ValueError(word)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):  # it would be answered as Infinity, which is not JSON
        raise ValueError(digits)
    return number


def _id_of(line: str) -> object:
    with suppress(ValueError, RecursionError):
        found = _parsed(line)
        return found.get("id") if isinstance(found, dict) else None
    return None
