"""The PostgreSQL and Redis the product ships with: started, found and stopped.

Both answer on sockets in a directory of this data directory's own (`addresses.py`), so two
clones never meet. Everything here is told the data directory; nothing reads the settings.
"""

from concierge.operations.embedded.account import ServiceError
from concierge.operations.embedded.lifecycle import Service, ensure_running, status, stop

__all__ = ["Service", "ServiceError", "ensure_running", "status", "stop"]
