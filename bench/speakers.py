"""Is whoever speaks named as the text names him most fully? Our own texts, with their attributions given.

`python -m bench.speakers` prints those that training learns from beside those it never sees.
"""

from __future__ import annotations

from collections import Counter
from typing import get_args

from training.speakers import as_found, people, texts

from careo.reading.introductions import introduced
from careo.reading.people import cast_of
from careo.reading.speakers import speakers
from careo.reading.surface import surface
from careo.reading.types import Language


def score_speakers(language: Language, *, kept_back: bool) -> None:
    right, named, all_of = Counter[str](), Counter[str](), Counter[str]()
    wrongly = nobody = 0
    for marked, tongue in texts(kept_back=kept_back):
        if tongue != language:
            continue
        gold = sorted(marked.attributions, key=lambda one: one.content[0])
        found = [as_found(one) for one in gold]
        cut = surface(marked.text, language)
        cast = introduced(cut, cast_of(cut, [span for one in found for span in one.source]), found)
        for one, told in zip(gold, speakers(cut, found, cast), strict=True):
            name = told.found.speaker.name if told.found else None
            if one.speaker is None:
                nobody += 1
                wrongly += name is not None
                continue
            all_of[one.mention] += 1
            named[one.mention] += name is not None
            right[one.mention] += name is not None and people(name) == people(one.speaker)
    part = "kept back from training" if kept_back else "training"
    print(f"\nspeakers, {language}, {part}; nobody named: {wrongly} of {nobody} given a name all the same")
    for mention, count in all_of.most_common():
        precision = 100 * right[mention] / max(named[mention], 1)
        recall = 100 * right[mention] / count
        print(f"  {mention:18} {right[mention]:4} of {count:4}  R {recall:5.1f}  P {precision:5.1f}")


def main() -> None:
    for language in get_args(Language):
        for kept_back in (False, True):
            score_speakers(language, kept_back=kept_back)


if __name__ == "__main__":
    main()
