"""People who sign in by their password, and a hasher that counts what reaches it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

PASSWORD = "nine herons at Pérouges"
LOGIN = "/admin/login/"
reached: list[str] = []


class CountingHasher(MD5PasswordHasher):
    """Tells of every password that was really tried."""

    algorithm = "counted"

    def verify(self, password, encoded):
        reached.append(password)
        return super().verify(password, encoded)


def staff(name="ines", **rights):
    rights = {"is_staff": True, "is_superuser": True} | rights
    return get_user_model().objects.create_user(name, password=PASSWORD, **rights)


def tries(browser: Client, password: str, name="ines", **more):
    return browser.post(LOGIN, {"username": name, "password": password}, **more)
