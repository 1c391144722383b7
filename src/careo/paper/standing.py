"""The words that the standing pages begin with: true of any paper where they can be, and where only the operator
knows, saying so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    title: str
    slug: str
    body: str


_ABOUT = """
<p>This paper compiles what other outlets have reported, in several languages, and says where each sentence comes from.
Words that rest on a report are marked: open the mark, and the passage is shown in its own language, with the outlet,
the day and the address at which it was published.</p>
<p>At the end of each story stand the passages it rests on and the line of its sources. What was wrong and has been
put right is noted, with the day, under the story.</p>
<p><b>To be completed by whoever runs this paper:</b> who we are, who pays for it, and how an error is reported
to us.</p>
"""

_IMPRINT = """
<p><b>This page has not been filled in.</b> Whoever runs this paper must name here, as the law of its country asks:
the publisher, a postal address, an e-mail address, the person responsible for what is published, and the register
and number under which the publisher is entered, if any.</p>
"""

_PRIVACY = """
<p>What this paper’s software does of its own accord: pages load nothing from other hosts, and no cookie is set for
those who only read. With an account we keep your e-mail address, your pen name, a password that we cannot read,
your subscriptions, whether you asked for the paper by e-mail (and, for thirty days, what was sent to you) and what you
write in the forum; cookies then keep you logged in and say that you may read what
is for subscribers.</p>
<p><b>To be completed by whoever runs this paper:</b> who is responsible, on what legal ground and for how long data
are kept, what the server in front of this software logs, which services (such as e-mail) are used, and how to ask
for access or deletion.</p>
"""

_TERMS = """
<p><b>This page has not been filled in.</b> Whoever runs this paper must state here: what a subscription contains, what
it costs, how long it runs and how it ends; what may be done with the stories; and the rules of the reader forum,
with what happens to posts that break them.</p>
"""

STANDING_PAGES = (
    Standing("About", "about", _ABOUT.strip()),
    Standing("Imprint", "imprint", _IMPRINT.strip()),
    Standing("Privacy", "privacy", _PRIVACY.strip()),
    Standing("Terms", "terms", _TERMS.strip()),
)
