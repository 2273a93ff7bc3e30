"""The house."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models

HEX_COLOUR = RegexValidator(r"^#[0-9A-Fa-f]{6}$", "A colour is written #RRGGBB.")
# The first word of a brand's address may not be one of the product's own.
RESERVED_SLUGS = ("admin", "staff", "static", "ws", "healthz", "readyz", "metrics", "accounts")


class Brand(models.Model):
    """A house: everything else belongs to exactly one."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    currency = models.CharField(max_length=3, default="EUR")
    greeting = models.TextField(blank=True, help_text="Shown above the first question.")
    suggestions = ArrayField(
        models.CharField(max_length=140), blank=True, default=list, help_text="First questions."
    )
    contact = models.CharField(
        max_length=200, blank=True, help_text="How to reach a person: an address or a number."
    )
    paper = models.CharField(max_length=7, default="#F7F4EE", validators=[HEX_COLOUR])
    ink = models.CharField(max_length=7, default="#1B1A17", validators=[HEX_COLOUR])
    accent = models.CharField(max_length=7, default="#8A6A2F", validators=[HEX_COLOUR])
    emblem = models.CharField(max_length=200, blank=True, help_text="Address of a square image.")
    hero = models.CharField(max_length=200, blank=True, help_text="Address of a wide image.")
    image_hosts = ArrayField(
        models.CharField(max_length=120),
        blank=True,
        default=list,
        help_text="Hosts the house's product images may come from, besides this site.",
    )
    public = models.BooleanField(default=True, help_text="Whether clients have a page.")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=RESERVED_SLUGS),
                name="brand_slug_not_reserved",
                violation_error_message="That address belongs to the product itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{self.slug}/"
