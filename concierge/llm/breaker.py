"""Stops asking a provider that keeps failing, in every process at once: the state is in Redis.

A circuit is a hash of `failures`, how many in a row, and, once it is open, `until`: when one caller
may try again. Whoever is let through moves `until` a cool-down away and thereby closes the door
behind it; should it die, or be stopped, the next may try after another cool-down. What a call that
was let in before the circuit opened comes to, neither closes it nor keeps it open for longer.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from concierge.llm.errors import CircuitOpenError, ProviderError

FAILURES = 5  # in a row, until it opens
COOL_DOWN = 30  # seconds it stays open before one caller may try again
FORGOTTEN = 600  # seconds after which an old failure no longer counts
MOMENT = 1.0  # seconds: a provider that asks to be left alone for no longer is only busy
LONGEST_REST = 300  # seconds a provider is left alone for because it asks to
CONNECTIONS = 16  # to Redis, of one event loop
PATIENCE = 0.5  # seconds Redis has to answer: someone waits

logger = logging.getLogger(__name__)

CLOSED, TRIAL, OPEN = 0, 1, 2
# KEYS: the circuit. ARGV: now, the cool-down.
ADMIT = """
local till = redis.call('HGET', KEYS[1], 'until')
if not till then return 0 end
if tonumber(ARGV[1]) < tonumber(till) then return 2 end
redis.call('HSET', KEYS[1], 'until', tonumber(ARGV[1]) + tonumber(ARGV[2]))
return 1
"""
# ARGV: now, the cool-down, whether it was a trial, failures until it opens, seconds the provider
# asked to be left alone for, seconds until all is forgotten.
FAILED = """
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
local now, till = tonumber(ARGV[1]), tonumber(redis.call('HGET', KEYS[1], 'until') or 0)
if ARGV[3] == '1' or (till == 0 and failures >= tonumber(ARGV[4])) then
  till = math.max(till, now + tonumber(ARGV[2]))
end
if tonumber(ARGV[5]) > 0 then till = math.max(till, now + tonumber(ARGV[5])) end
if till > 0 then redis.call('HSET', KEYS[1], 'until', till) end
redis.call('EXPIRE', KEYS[1], ARGV[6])
return failures
"""
# ARGV: whether it was a trial.
WORKED = """
if ARGV[1] == '1' or redis.call('HEXISTS', KEYS[1], 'until') == 0 then
  return redis.call('DEL', KEYS[1])
end
return 0
"""


@dataclass(frozen=True, slots=True)
class Admission:
    """A call that was let through; a trial decides whether an open circuit closes."""

    provider: str
    is_trial: bool = False


class Breaker:
    """One circuit a provider. `clock` gives seconds, the same in every process.

    Without Redis it stands aside: a provider is then asked as if it were well.
    """

    def __init__(self, redis: "Redis", clock: Callable[[], float] = time.time) -> None:
        self.redis = redis
        self.clock = clock

    async def aclose(self) -> None:
        await self.redis.aclose()

    async def admit(self, provider: str) -> Admission:
        """Raises CircuitOpenError while the provider is left alone."""
        state = await self._run(ADMIT, provider, self.clock(), COOL_DOWN)
        if state == OPEN:
            raise CircuitOpenError(provider)
        return Admission(provider, is_trial=state == TRIAL)

    async def is_open(self, provider: str) -> bool:
        """Whether it is being left alone, or about to be tried again."""
        try:
            return bool(await self.redis.hexists(key(provider), "until"))
        except RedisError as error:
            stood_aside(error)
            return False

    async def worked(self, admission: Admission) -> None:
        """The answer came, whole. Not for a call that was stopped: of that nothing is known."""
        await self._run(WORKED, admission.provider, int(admission.is_trial))

    async def failed(self, admission: Admission, error: ProviderError) -> None:
        """Count a failure, unless the prompt was at fault: then the provider is well.

        One that asked to be left alone for more than a moment is, LONGEST_REST at most.
        """
        if error.of_prompt:
            if admission.is_trial:
                await self.worked(admission)
            return
        rest = min(error.retry_after or 0.0, LONGEST_REST)
        await self._run(
            FAILED,
            admission.provider,
            self.clock(),
            COOL_DOWN,
            int(admission.is_trial),
            FAILURES,
            rest if rest > MOMENT else 0,
            FORGOTTEN,
        )

    async def _run(self, script: str, provider: str, *args: float) -> int | None:
        try:
            answer = self.redis.eval(script, 1, key(provider), *(str(arg) for arg in args))
            return int(await answer)
        except RedisError as error:
            stood_aside(error)
            return None


def connected(url: str, patience: float = PATIENCE) -> "Redis":
    """A client that gives up after `patience` seconds, and once: the caller can do without.

    Of many callers at once, most wait for a connection; an ordinary pool would refuse them.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=patience,
        socket_timeout=patience,
        socket_connect_timeout=patience,
        retry=Retry(NoBackoff(), 0),
    )
    return Redis.from_pool(pool)


def key(provider: str) -> str:
    return f"concierge:breaker:{provider}"


def stood_aside(error: RedisError) -> None:
    logger.warning("breaker_stood_aside", extra={"error": type(error).__name__})
