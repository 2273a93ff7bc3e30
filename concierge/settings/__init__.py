"""Every setting, and the only package that reads the environment.

Without `DATABASE_URL` and `REDIS_URL` the product uses the PostgreSQL and Redis it ships with,
kept under the data directory; with them it uses yours, and nothing else changes.
"""

import os

# A search multiplies small matrices: handing them to threads takes longer than the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from concierge.settings.accounts import *  # noqa: F403
from concierge.settings.applications import *  # noqa: F403
from concierge.settings.doors import *  # noqa: F403
from concierge.settings.environment import *  # noqa: F403
from concierge.settings.installation import *  # noqa: F403
from concierge.settings.intake import *  # noqa: F403
from concierge.settings.limits import *  # noqa: F403
from concierge.settings.models import *  # noqa: F403
from concierge.settings.queue import *  # noqa: F403
from concierge.settings.servers import *  # noqa: F403
