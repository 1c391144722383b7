"""Something wrong in a sentence: a page of its own beside the story's, since a stored page can carry no form's token.

It is drawn for the one who asks, in the variant that this reader may see, and never kept.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careo.paper.access import story_at
from careo.paper.actions import take_note
from careo.paper.forms import WrongForm
from careo.paper.keeping import variant_of
from careo.paper.limits import too_many_notes
from careo.paper.models import ReadersNote
from careo.paper.sentences import laid_out_for

SENT = "sent"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, path: str) -> HttpResponse:
    """The form; POST keeps a note for the desk and says thank you, once however often the same form is sent."""
    story = story_at(path)
    if request.method != "POST" and SENT in request.GET:
        return render(request, "paper/wrong.html", {"story": story})
    laid, sentences = laid_out_for(story, variant_of(request))
    form = WrongForm(request.POST or None, sentences=sentences, cited=request.GET.get("c", ""))
    if request.method != "POST":
        return render(request, "paper/wrong.html", {"story": story, "form": form})
    if not form.is_valid():
        return render(request, "paper/wrong.html", {"story": story, "form": form}, status=422)
    known = ReadersNote.objects.filter(token=form.cleaned_data["form_token"]).exists()
    if not known and not form.cleaned_data["website"]:
        if too_many_notes(request):
            form.add_error(None, gettext("Many notes came from where you are; send this one in an hour."))
            return render(request, "paper/wrong.html", {"story": story, "form": form}, status=429)
        take_note(story, form.chosen, laid, what=form.cleaned_data["what"], email=form.cleaned_data["email"],
                  token=form.cleaned_data["form_token"])  # fmt: skip
    return redirect(f"{request.path}?{SENT}=1")
