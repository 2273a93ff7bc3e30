"""Who may come in at which door: the one table that the whole matrix is computed from.

A route is named as Django's resolver names it. One that stands in neither table fails the tests,
and so does an entry whose route is gone.
"""

from dataclasses import dataclass, field
from typing import Any

ANYBODY = "anybody"
KNOWN = "whoever has a visitor at this house"
ONWARD = "anybody, who is only sent on"
OWNER = "whoever holds the row"
STAFF = "the staff"
MACHINES = "whoever asks from a network that the settings name"
GET, POST, BOTH = frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})


@dataclass(frozen=True)
class Door:
    """`about` is what the address names: a house, a row of a kind, nothing ("")."""

    to: str
    methods: frozenset[str] = GET
    about: str = "house"
    sends: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)  # further ones of the address


OFFERED = {"purpose": "personalise", "answer": "no"}
CHAT = {
    "healthz": Door(ANYBODY, about=""),
    "readyz": Door(ANYBODY, about=""),
    "metrics": Door(MACHINES, about=""),
    "staff": Door(ONWARD, BOTH, about=""),  # on to the console's own door
    "chat:front": Door(ANYBODY, about=""),
    "chat:page": Door(ANYBODY),
    "chat:language": Door(ANYBODY, POST, sends={"language": "fr"}),
    "chat:ask": Door(ANYBODY, POST),  # whose conversation is asked of the question itself
    "chat:stop": Door(OWNER, POST, "answer"),
    "chat:conversation": Door(OWNER, GET, "conversation"),
    "chat:citation": Door(OWNER, GET, "citation"),
    "chat:answer_offer": Door(OWNER, POST, "answer", words=OFFERED),
    "chat:piece": Door(ANYBODY, GET, "piece"),
    "account:page": Door(ANYBODY),
    "account:ask": Door(ANYBODY, POST),
    "account:open": Door(ANYBODY, BOTH),  # by the link that this browser asked for, and no other
    "account:leave": Door(ANYBODY, POST),
    "privacy:page": Door(ANYBODY),
    "privacy:decide": Door(KNOWN, POST, "purpose", {"answer": "no"}),
    "privacy:correct": Door(OWNER, POST, "memory", {"text": "Likes green"}),
    "privacy:forget_memory": Door(OWNER, POST, "memory"),
    "privacy:forget_pair": Door(OWNER, POST, "question"),
    "privacy:forget_conversation": Door(OWNER, POST, "conversation"),
    "privacy:undo": Door(OWNER, POST, "aside"),
    "privacy:forget_everything": Door(KNOWN, BOTH),
    "privacy:end_off_record": Door(OWNER, POST, "off the record"),
    "privacy:export": Door(KNOWN, POST),
    "privacy:progress": Door(OWNER, GET, "export"),
    "privacy:file": Door(OWNER, GET, "export"),
}

# django-allauth's, for the staff; its pages of the second factor say no more than one's own.
ACCOUNTS = {
    "account_login": Door(ONWARD, BOTH, ""),
    "account_inactive": Door(ONWARD, BOTH, ""),
    "account_logout": Door(ONWARD, BOTH, ""),
    "account_reauthenticate": Door(STAFF, BOTH, ""),
    "mfa_authenticate": Door(ONWARD, BOTH, ""),
    "mfa_reauthenticate": Door(STAFF, BOTH, ""),
    "mfa_index": Door(STAFF, GET, ""),
    "mfa_activate_totp": Door(STAFF, BOTH, ""),
    "mfa_deactivate_totp": Door(STAFF, BOTH, ""),
    "mfa_view_recovery_codes": Door(STAFF, GET, ""),
    "mfa_generate_recovery_codes": Door(STAFF, BOTH, ""),
    "accounts/": Door(ONWARD, BOTH, ""),
}

# What the console offers with each model to who has the right: list, view, add, change, delete.
READ, WRITTEN, ALL = "list view", "list view change", "list view add change delete"
MODELS = {
    "auth.group": ALL,
    "auth.user": ALL,
    "account.emailaddress": ALL,
    "mfa.authenticator": ALL,
    "axes.accessattempt": "list view change delete",
    "axes.accesslog": "list view change delete",
    "axes.accessfailurelog": "list view change delete",
    "django_celery_beat.periodictask": ALL,
    "django_celery_beat.clockedschedule": ALL,
    "django_celery_beat.crontabschedule": ALL,
    "django_celery_beat.solarschedule": ALL,
    "django_celery_beat.intervalschedule": ALL,
    "archive.brand": ALL,
    "archive.drop": READ,
    "archive.likeness": READ,
    "archive.change": READ,
    "archive.documentversion": READ,
    "archive.document": "list view change delete",
    "archive.notice": READ,
    "archive.passage": READ,
    "archive.proposal": READ,
    "archive.ingestionrun": READ,
    "archive.source": ALL,
    "catalog.product": ALL,
    "catalog.variant": ALL,
    "catalog.catalogimport": "list view delete",
    "audit.entry": READ,
    "llm.call": READ,
    "llm.price": "list view add change",
    "llm.budget": ALL,
    "llm.contract": ALL,
    "approved.approvedanswer": ALL,
    "gaps.gap": "list view change delete",
    "chat.conversation": READ,
    "privacy.period": ALL,
    "privacy.hold": "list view add",
    "voice.voiceversion": "list",
    "scrub.pass": READ,
}
# Addresses that a page of the console's own takes for itself: for everybody it says what it says.
TAKEN = {
    "archive.drop": ("change", "delete", "history"),
    "voice.voiceversion": ("change", "delete", "history"),
}
# Whose page of change is one of the console's own, that only shows, by whatever method.
SHOWN = ("archive.likeness", "archive.ingestionrun", "archive.proposal")
# Rows of the whole installation, not of one house.
SHARED = ("auth", "account", "mfa", "axes", "django_celery_beat", "llm.price", "scrub")


@dataclass(frozen=True)
class Page:
    """A page or a button of the console's own: the right it asks for, and whose row it names."""

    right: str
    methods: frozenset[str] = POST
    about: str = ""
    words: dict[str, Any] = field(default_factory=dict)


ARCHIVE = "archive.change_document"
SEE = "archive.view_document"
PAGES = {
    "archive_drop_document": Page(SEE, GET, "archive.document"),
    "archive_drop_everywhere": Page(SEE, GET),
    "archive_drop_settle": Page(ARCHIVE, POST, "archive.boilerplate", {"word": "keep"}),
    "archive_drop_decide": Page(ARCHIVE, POST, "archive.drop", {"word": "restore"}),
    "archive_likeness_answer": Page(ARCHIVE, POST, "archive.likeness", {"word": "all"}),
    "archive_change_undo": Page(ARCHIVE, POST, "archive.change"),
    "archive_change_undo_batch": Page(ARCHIVE, POST, "batch"),
    "archive_original": Page("archive.view_documentversion", GET, "archive.documentversion"),
    "archive_version_back": Page(ARCHIVE, POST, "archive.documentversion"),
    "archive_document_act": Page(ARCHIVE, POST, "archive.document", {"word": "withdraw"}),
    "archive_document_together": Page(ARCHIVE),
    "archive_document_gone": Page("archive.delete_document"),
    "archive_document_quality": Page(SEE, GET, "archive.document"),
    "archive_notice_settle": Page("archive.change_notice", POST, "archive.notice"),
    "archive_notice_settle_all": Page("archive.change_notice"),
    "archive_proposal_answer": Page(ARCHIVE, POST, "archive.proposal", {"word": "decline"}),
    "archive_upload": Page("archive.add_ingestionrun", BOTH),
    "archive_run_items": Page("archive.view_ingestionrun", GET, "archive.ingestionrun"),
    "archive_run_again": Page("archive.add_ingestionrun", POST, "archive.ingestionrun"),
    "archive_source_run": Page("archive.change_source", POST, "archive.source"),
    "archive_source_switch": Page("archive.change_source", POST, "archive.source"),
    "archive_source_missing": Page("archive.change_source", POST, "archive.source"),
    "archive_source_forecast": Page("archive.change_source", BOTH, "archive.source"),
    "llm_cost": Page("llm.view_call", GET),
    "llm_cost_csv": Page("llm.view_call", GET),
    "approved_try": Page("approved.view_approvedanswer", GET),
    "approved_live": Page("approved.change_approvedanswer", POST, "approved.approvedanswer"),
    "approved_draft": Page("approved.change_approvedanswer", POST, "approved.approvedanswer"),
    "chat_conversation_open": Page("chat.view_conversation", POST, "chat.conversation"),
    "chat_conversation_note": Page("clients.add_note", POST, "chat.conversation"),
    "gaps_gap_approve": Page("approved.add_approvedanswer", POST, "gaps.gap"),
    "voice_edit": Page("voice.view_voiceversion", BOTH, "archive.brand", {"code": "en"}),
    "voice_try": Page("voice.add_voiceversion", POST, "archive.brand", {"code": "en"}),
    "voice_restore": Page("voice.add_voiceversion", POST, "voice.voiceversion"),
    "console:sent": Page("llm.watch_calls", GET),
    "console:sent_news": Page("llm.watch_calls", GET),
    "auth_user_password_change": Page("auth.change_user", BOTH | {"DELETE"}, "auth.user"),
}
# The console's own frame: the same for all of the staff, and no row in it.
FRAME = {
    "index": GET,
    "search": GET,
    "app_list": GET,
    "jsi18n": GET,
    "password_change": BOTH,
    "password_change_done": GET,
    "autocomplete": GET,
    "view_on_site": GET,
}
# Doors of the console that anybody may knock at.
SIGN_IN = ("admin/login/", "admin:login", "admin:logout", "admin/(?P<url>.*)$")
