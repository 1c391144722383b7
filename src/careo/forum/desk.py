"""The word and link lists at the desk; Wagtail keeps the log of who changed them."""

from __future__ import annotations

from wagtail.admin.viewsets.model import ModelViewSet

from careo.forum.models import ListedWord


class ListedWordViewSet(ModelViewSet):
    model = ListedWord
    name = "listed_words"
    url_prefix = "listed-words"
    menu_label = "Word and link lists"
    menu_order = 421
    add_to_admin_menu = True
    icon = "list-ul"
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["words", "kind", "effect", "note"]
    list_display = ["words", "kind", "effect", "note"]
    list_filter = ["kind", "effect"]
    search_fields = ["words", "note"]
    search_backend_name = None


lists = ListedWordViewSet()
