"""Words as they are read, however they are disguised: capitals, accents, look-alike letters and digits, invisible signs.

>>> fold("Vіagrа")            # Cyrillic i and a
'viagra'
>>> fold("S\\u200bp\\u00e1m")
'spam'

What is folded is for comparing alone, never shown. A digit or sign counts as the letter it looks like only where
letters stand beside it: "1984" stays a year, "1diot" becomes a word. A * at a word's end stands for any ending.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

# Letters of other alphabets that are printed like ours; from the shapes themselves, the commonest in disguises.
LOOK_ALIKES = str.maketrans(
    "аеорсухіѕԁһӏкмтвнгпѵɡɑıοαρτυικνχβηωłđøʟɴʀɪ",
    "aeopcyxisdhlkmtbhrnvgaioaptuikvxbnwldolnri",
)
DIGITS_AS_LETTERS = str.maketrans("0134578@$!€", "oieastbasie")
WORDLIKE = r"[^\W_]"
DISGUISED = re.compile(r"(?:[^\W_]|[@$!€])+")
SPELLED_OUT = re.compile(
    r"(?<!\w)(?:\w[ .\-_*·]){2,}\w(?!\w)"
)  # "i d i o t", "i.d.i.o.t": three letters or more
# Never begun within a name: "a.a.a.…" would be read once from each of its dots.
HOST = re.compile(r"(?<![\w-])(?<![\w-]\.)(?:[\w-]+\.)+[\w-]{2,}")


def fold(text: str) -> str:
    """Lower-case letters without accents, of one alphabet; signs without a body are left out."""
    plain = unicodedata.normalize("NFKD", text)
    # Cf: signs without a body; Mn, Me: accents; 115f, 1160, 3164: letters of Korean that are printed as nothing.
    seen = "".join(
        c
        for c in plain
        if unicodedata.category(c) not in {"Cf", "Mn", "Me"} and c not in "\u115f\u1160\u3164"
    )
    return unicodedata.normalize("NFKD", seen.casefold()).translate(LOOK_ALIKES)


def words_of(text: str) -> str:
    """The text folded, with its disguised words undone and letters that were spelled out put together."""
    folded = SPELLED_OUT.sub(lambda found: re.sub(r"[ .\-_*·]", "", found[0]), fold(text))
    return DISGUISED.sub(_undisguised, folded)


def hosts_of(text: str) -> str:
    """The text with its addresses readable: percent signs and xn-- names undone."""
    return HOST.sub(_readable, fold(unquote(text)))


@lru_cache(maxsize=2_000)
def pattern_of(words: str) -> re.Pattern[str]:
    """What finds the words in `words_of(text)`: whole words; a letter repeated three times or more counts as one or two."""
    stem = words.rstrip("*")
    parts = [_loose(part) for part in re.findall(rf"{WORDLIKE}+", words_of(stem))]
    end = r"\w*" if words.endswith("*") else ""
    phrase = r"[\W_]+".join(parts) or "(?!)"
    return re.compile(rf"(?<![^\W_])(?:{phrase}){end}(?![^\W_])")


@lru_cache(maxsize=2_000)
def pattern_of_host(host: str) -> re.Pattern[str]:
    """What finds a link to the host, or to one below it, in `hosts_of(text)`."""
    bare = (
        hosts_of(host.strip())
        .removeprefix("https://")
        .removeprefix("http://")
        .removeprefix("www.")
        .strip("/.")
    )
    return re.compile(rf"(?<![\w-]){re.escape(bare) or '(?!)'}(?![\w-]|\.\w)")


def _undisguised(found: re.Match[str]) -> str:
    word = found[0]
    bare = word.rstrip("!")  # "idiot!" shouts, "h!t" hides
    if not any(c.isalpha() for c in bare) or not any(ord(c) in DIGITS_AS_LETTERS for c in bare):
        return word
    return bare.translate(DIGITS_AS_LETTERS) + word[len(bare) :]


def _readable(found: re.Match[str]) -> str:
    labels = [_decoded(label) for label in found[0].split(".")]
    return fold(".".join(labels))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _loose(word: str) -> str:
    """`loser` as a pattern that finds "looooser" too, but not "lose" in "loose"."""
    runs = re.findall(r"((.)\2*)", word)
    return "".join(f"(?:{re.escape(run)}|{re.escape(letter)}{{3,}})" for run, letter in runs)
