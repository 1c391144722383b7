"""What stands around a report on its page: the names that page makers give it, and the words it begins with.

English and Spanish, gathered from many outlets' pages; none of it is a rule for any one outlet.
"""

from __future__ import annotations

import re

_AROUND = (
    r"related|recommend(ed|ations?)|newsletters?|promo(tion)?s?|sponsor(ed)?|shar(e|ing)(-?(bar|buttons?|tools?|links?))?|"
    r"advert(s|isements?)?|ad-?(slot|unit|container|box)|social(-?(share|links?|media|bar))?|comments?|"
    r"most-?(read|popular|viewed)|trending|outbrain|taboola|read-?(next|also)|more-?(stories|news|from)|relacionad[oa]s?"
)
_TEXT_ONLY = (
    r"cookies?|consent|te-puede-interesar|lee-?(tambien|mas)|publicidad|boletin(es)?|comentarios|author-?(bio|box)|"
    r"tags?|breadcrumbs?"
)
_PICTURES_ONLY = (
    r"\w*sign-?up\w*|advert\w*|avatars?|author-?\w*|by-?line\w*|firma|logo|teasers?|read-?more|site-header|masthead|sidebar|"
    r"menu|thumb-?list"
)
_BEGINNINGS = (
    r"read (more|next|also|on)|also read|more on this|more:|see also|see more|watch( more)?:|listen( now)?:|related|"
    r"recommended|most read|don.?t miss|click here|subscribe|sign up|get (the|our|daily)|follow us|download|advertisement|"
    r"article content|story continues|if you (enjoyed|liked) this|"
    r"lee (también|más|además)|leer más|ver (también|más)|te puede interesar|también te|más información|puedes leer|"
    r"sigue leyendo|noticias? relacionadas?|suscr[ií]b|síguenos|publicidad|recib[ea]|si te ha gustado"
)

# Of an element's class, id and the like: it holds none of the report's text.
BOX = re.compile(rf"(?<![a-z])({_AROUND}|{_TEXT_ONLY})(?![a-z])")
# The same for pictures, where portraits of authors and badges are to be told from photographs.
NO_PLACE_FOR_PICTURES = re.compile(rf"(?<![a-z])({_AROUND}|{_PICTURES_ONLY})(?![a-z])")
# Of a line: it points elsewhere.
ELSEWHERE = re.compile(rf"^\W*({_BEGINNINGS})\b", re.IGNORECASE)
# Of a line: it is about the reader's data, not the news.
CONSENT = re.compile(r"privacy (policy|notice)|terms of (use|service)|política de privacidad", re.IGNORECASE)
# Whole lines, folded.
LABELS = frozenset("comments comment comentarios comentario advertisement publicidad seetweets".split())  # noqa: SIM905
