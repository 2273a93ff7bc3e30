"""The walls around who somebody is: Django's own tables, those of sign-ins, and who serves where.

Sessions are found by their key alone, by code that names the scope of accounts; a client's page
sees their own account and no other, the desk its colleagues and the clients of its houses.
"""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django_celery_beat import models as beat

from archive.wall.policies import (
    ACCOUNTS,
    AT_THE_DESK,
    USER,
    Wall,
    behind,
    does_without,
    of_brand,
    raises_rank,
    stands_open,
    wall,
)
from concierge.accounts.models import Mailbox, Membership, SignedIn
from concierge.clients.models import Visitor

OWN = f"user_id = {USER}"
COLLEAGUES = "EXISTS (SELECT FROM accounts_membership AS m WHERE m.user_id = {row}.user_id)"
SERVES = "EXISTS (SELECT FROM accounts_membership AS m WHERE m.user_id = {row}.id)"
OF_HOUSE = "EXISTS (SELECT FROM clients_client AS held WHERE held.user_id = {row}.id)"

wall(Membership, of_brand())
wall(Mailbox, behind(Visitor, "visitor_id", own=True))
for each in (
    AccessAttempt,
    AccessAttemptExpiration,
    AccessFailureLog,
    AccessLog,
    EmailAddress,
    EmailConfirmation,
    Session,
    SignedIn,
):
    wall(each, Wall(own=ACCOUNTS))
wall(Authenticator, Wall(reader=OWN, own=ACCOUNTS))
wall(
    User,
    Wall(
        house=f"{AT_THE_DESK} AND (id = {USER} OR is_superuser OR {SERVES} OR {OF_HOUSE})",
        reader=f"id = {USER}",
        own=ACCOUNTS,
    ),
)
for through in (User.groups.through, User.user_permissions.through):
    wall(through, Wall(house=AT_THE_DESK, reader=OWN, own=ACCOUNTS))
    raises_rank(through)
wall(LogEntry, Wall(house=f"{AT_THE_DESK} AND ({OWN} OR {COLLEAGUES})"))

raises_rank(User, "is_superuser")
raises_rank(Group.permissions.through)
raises_rank(Membership)

does_without(AccessFailureLog, "UPDATE")
# What an entry says of a question that somebody has taken back is blanked.
does_without(LogEntry, "UPDATE", but="object_repr, change_message")
for each in (ContentType, Permission):
    stands_open(each, "names of the product's own tables and rights")
    does_without(each, "INSERT, UPDATE, DELETE")
for each in (Group, Group.permissions.through):
    stands_open(each, "names of groups and what they may do, of no person")
for each in (
    beat.ClockedSchedule,
    beat.CrontabSchedule,
    beat.IntervalSchedule,
    beat.PeriodicTask,
    beat.PeriodicTasks,
    beat.SolarSchedule,
):
    stands_open(each, "when the product's own work is due")
