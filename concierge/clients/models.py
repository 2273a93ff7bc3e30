"""Who is in the chat."""

import uuid

from django.db import models


class Visitor(models.Model):
    """An unknown person, known only by the cookie of one browser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)
