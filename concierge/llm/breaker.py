"""Stops asking a provider that keeps failing, in every process at once: the state is in Redis."""

import logging
import time
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

from concierge.llm.errors import CircuitOpenError, ProviderError

FAILURES = 5  # in a row, until it opens
COOL_DOWN = 30  # seconds it stays open before one caller may try again
FORGOTTEN = 600  # seconds after which an old failure no longer counts

logger = logging.getLogger(__name__)

# One caller a cool-down is let through: letting it through closes the door behind it.
ADMIT = """
local opened = redis.call('HGET', KEYS[1], 'opened')
if not opened then return 1 end
if tonumber(ARGV[1]) - tonumber(opened) < tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'opened', ARGV[1])
return 1
"""
FAILED = """
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
if failures >= tonumber(ARGV[2]) then redis.call('HSET', KEYS[1], 'opened', ARGV[1]) end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return failures
"""


class Breaker:
    """One circuit a provider. `clock` gives seconds, the same in every process.

    Without Redis it stands aside: a provider is then asked as if it were well.
    """

    def __init__(self, redis: "Redis", clock: Callable[[], float] = time.time) -> None:
        self.redis = redis
        self.clock = clock

    async def aclose(self) -> None:
        await self.redis.aclose()

    async def admit(self, provider: str) -> None:
        """Raises CircuitOpenError while the provider is left alone."""
        admitted = await self._run(ADMIT, provider, self.clock(), COOL_DOWN)
        if admitted == 0:
            raise CircuitOpenError(provider)

    async def is_open(self, provider: str) -> bool:
        """Whether it is being left alone, or about to be tried again."""
        try:
            return bool(await self.redis.hexists(key(provider), "opened"))
        except RedisError as error:
            stood_aside(error)
            return False

    async def worked(self, provider: str) -> None:
        try:
            await self.redis.delete(key(provider))
        except RedisError as error:
            stood_aside(error)

    async def failed(self, provider: str, error: ProviderError) -> None:
        """Count a failure, unless the prompt was at fault."""
        if not error.of_prompt:
            await self._run(FAILED, provider, self.clock(), FAILURES, FORGOTTEN)

    async def _run(self, script: str, provider: str, *args: float) -> int | None:
        try:
            answer = self.redis.eval(script, 1, key(provider), *(str(arg) for arg in args))
            return int(await answer)
        except RedisError as error:
            stood_aside(error)
            return None


def key(provider: str) -> str:
    return f"concierge:breaker:{provider}"


def stood_aside(error: RedisError) -> None:
    logger.warning("breaker_stood_aside", extra={"error": type(error).__name__})
