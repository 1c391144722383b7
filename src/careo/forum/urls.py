from __future__ import annotations

from django.urls import path, register_converter

from careo.forum import appeal_views as appeals
from careo.forum import blocking_views as blocking
from careo.forum import live, views
from careo.forum import moderation_views as moderation
from careo.forum import notice_views as notices
from careo.forum import opening_views as opening
from careo.forum import telling_views as telling
from careo.forum.keys import ThreadKey

register_converter(ThreadKey, "thread")
app_name = "forum"
urlpatterns = [
    path("", views.index, name="index"),
    path("notifications/", telling.former_address, name="notifications"),
    path("notices/", telling.notices, name="notices"),
    path("notices/choices/", telling.choices, name="choices"),
    path("notices/end/<str:token>/", telling.end_mail, name="end_mail"),
    path("open/", opening.open_page, name="open"),
    path("following/", telling.following_page, name="following"),
    path("blocks/", blocking.blocks, name="blocks"),
    path("moderation/", moderation.queue_page, name="moderation"),
    path("moderation/log/", moderation.log, name="log"),
    path("moderation/appeal/<int:appeal_id>/", appeals.settle, name="settle_appeal"),
    path("moderation/notice/<int:notice_id>/", notices.settle, name="settle_notice"),
    path("notice/", notices.notice, name="notice"),
    path("decisions/", appeals.decisions, name="decisions"),
    path("decisions/<int:decision_id>/", appeals.decision, name="decision"),
    path("post/<int:post_id>/", views.post, name="post"),
    path("post/<int:post_id>/edit/", views.edit, name="edit"),
    path("post/<int:post_id>/delete/", views.delete, name="delete"),
    path("post/<int:post_id>/flag/", views.flag_post, name="flag"),
    path("post/<int:post_id>/recommend/", views.recommend_post, name="recommend"),
    path("post/<int:post_id>/block/", blocking.block_author, name="block"),
    path("post/<int:post_id>/answers/", views.answers, name="answers"),
    path("post/<int:post_id>/history/", moderation.history, name="history"),
    path("post/<int:post_id>/hide/", moderation.hide, name="hide"),
    path("post/<int:post_id>/restore/", moderation.restore, name="restore"),
    path("post/<int:post_id>/keep/", moderation.keep, name="keep"),
    path("post/<int:post_id>/amend/", moderation.amend, name="amend"),
    path("post/<int:post_id>/pick/", moderation.pick, name="pick"),
    path("post/<int:post_id>/unpick/", moderation.unpick, name="unpick"),
    path("reader/<int:reader_id>/record/", moderation.record, name="record"),
    path("reader/<int:reader_id>/sanction/", moderation.sanction, name="sanction"),
    path("reader/<int:reader_id>/lift/", moderation.lift, name="lift"),
    path("<thread:story_id>/", views.thread, name="thread"),
    path("<thread:story_id>/follow/", telling.follow, name="follow"),
    path("<thread:story_id>/participants/", telling.participants, name="participants"),
    path("<thread:story_id>/reply/", views.reply, name="reply"),
    path("<thread:story_id>/slow/", moderation.slow, name="slow"),
    path("<thread:story_id>/live/", live.live, name="live"),
    path("<thread:story_id>/new/", live.new, name="new"),
    path("<thread:story_id>/unread/", live.unread, name="unread"),
    path("<thread:story_id>/citations/", views.citations, name="citations"),
    path("<thread:story_id>/close/", moderation.close, name="close"),
    path("<thread:story_id>/reopen/", moderation.reopen, name="reopen"),
]
