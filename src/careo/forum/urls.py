from __future__ import annotations

from django.urls import path

from careo.forum import live, views
from careo.forum import moderation_views as moderation

app_name = "forum"
urlpatterns = [
    path("", views.index, name="index"),
    path("notifications/", views.notifications, name="notifications"),
    path("moderation/", moderation.queue, name="moderation"),
    path("moderation/log/", moderation.log, name="log"),
    path("post/<int:post_id>/", views.post, name="post"),
    path("post/<int:post_id>/edit/", views.edit, name="edit"),
    path("post/<int:post_id>/flag/", views.flag_post, name="flag"),
    path("post/<int:post_id>/recommend/", views.recommend_post, name="recommend"),
    path("post/<int:post_id>/answers/", views.answers, name="answers"),
    path("post/<int:post_id>/history/", moderation.history, name="history"),
    path("post/<int:post_id>/hide/", moderation.hide, name="hide"),
    path("post/<int:post_id>/restore/", moderation.restore, name="restore"),
    path("post/<int:post_id>/keep/", moderation.keep, name="keep"),
    path("reader/<int:reader_id>/suspend/", moderation.suspend, name="suspend"),
    path("reader/<int:reader_id>/lift/", moderation.lift, name="lift"),
    path("<int:story_id>/", views.thread, name="thread"),
    path("<int:story_id>/reply/", views.reply, name="reply"),
    path("<int:story_id>/live/", live.live, name="live"),
    path("<int:story_id>/new/", live.new, name="new"),
    path("<int:story_id>/unread/", live.unread, name="unread"),
    path("<int:story_id>/citations/", views.citations, name="citations"),
    path("<int:story_id>/close/", moderation.close, name="close"),
    path("<int:story_id>/reopen/", moderation.reopen, name="reopen"),
]
