"""People of the house in the console, and the houses they serve."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from archive.wall.scope import everything
from concierge.accounts.mfa import has_one
from concierge.accounts.models import Membership
from concierge.accounts.staff import brands_of

RANKS = ["is_superuser", "groups", "user_permissions"]

admin.site.unregister(User)
admin.site.unregister(Group)


class MembershipInline(TabularInline):  # type: ignore[misc]
    model = Membership
    extra = 0
    verbose_name = "house they serve"
    verbose_name_plural = "houses they serve"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    has_change_permission = has_delete_permission = has_add_permission


@everything()
def serving_elsewhere(brands: Collection[int]) -> list[int]:
    """People who serve a house that is none of `brands`."""
    others = Membership.objects.exclude(brand__in=brands)
    return list(others.values_list("user", flat=True).distinct())


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[misc, type-arg]
    """The staff. Clients are no names in a list: they are reached by their conversations."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    inlines = [MembershipInline]
    list_display = ["username", "first_name", "last_name", "houses", "factor", "is_active"]
    list_filter = ["is_active", "is_superuser", "groups"]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Who is no superuser keeps the people of their houses who serve no other."""
        found: QuerySet[User] = super().get_queryset(request).filter(clients=None)
        mine = brands_of(request.user)
        if mine is not None:
            own = Membership.objects.filter(brand__in=mine).values("user")
            found = found.filter(pk__in=own).exclude(pk__in=serving_elsewhere(mine))
        return found.prefetch_related("memberships__brand")

    @everything()
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Somebody new serves the houses of whoever makes them; a superuser gives them theirs."""
        super().save_model(request, obj, form, change)
        mine = brands_of(request.user)
        if not change and mine is not None:
            Membership.objects.bulk_create(Membership(user=obj, brand_id=pk) for pk in mine)

    @admin.display(description="Houses")
    def houses(self, user: User) -> str:
        if user.is_superuser:
            return "All"
        return ", ".join(str(each) for each in user.memberships.all()) or "None"

    @admin.display(description="Second factor", boolean=True)
    def factor(self, user: User) -> bool:
        return has_one(user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who may keep the list of people raises nobody's rank by it, their own neither."""
        ranks = [] if request.user.is_superuser else RANKS
        return [*super().get_readonly_fields(request, obj), *ranks]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_delete_permission(request, obj)

    @everything()
    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """With what is theirs alone: sign-ins, second factor, rights."""
        super().delete_model(request, obj)

    @everything()
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        super().delete_queryset(request, queryset)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """A new person is made first, by a name and a password."""
        return self.inlines if obj else []


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):  # type: ignore[misc]
    """What a group may do is a superuser's to say: its members would raise themselves by it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    has_change_permission = has_delete_permission = has_add_permission
