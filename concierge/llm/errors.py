"""Why a model gave no answer.

* ProviderError
  x ConnectionFailedError
    - RefusedError              refused
    - ConnectTimeoutError       timeout_connect
  x AnswerTimeoutError
    - FirstTokenTimeoutError    timeout_first_token
    - IdleTimeoutError          timeout_idle
    - WholeTimeoutError         timeout_whole
  x RejectedError
    - RateLimitedError          rate_limited
    - OverloadedError           overloaded
    - ServerFaultError          server_error
    - UnauthorisedError         unauthorised      permanent
    - UnknownModelError         unknown_model     permanent
    - BadRequestError           bad_request       permanent, the prompt's
    - TooLongError              too_long          permanent, the prompt's
  x BrokenAnswerError
    - BadResponseError          bad_response
    - CutError                  cut
    - EmptyError                empty
    - EndlessError              endless
    - LengthError               length            permanent, the prompt's
  x DeclinedError               declined          permanent, the prompt's
  x NotSentError
    - CircuitOpenError          circuit_open
    - CallsSpentError           calls_spent
    - TimeSpentError            time_spent
    - BudgetSpentError          budget_spent
    - NotAllowedError           not_allowed
    - NotHiddenError            not_hidden
    - ConsentError              consent

A NotSentError is no failure of a provider's: no call was made. None of these carries the
provider's own words: those may repeat the prompt, and errors are logged.
"""

from typing import ClassVar


class ProviderError(Exception):
    """`reason` is one stable word; `permanent` says that asking the same again is useless.

    `of_prompt` says that the request was at fault and not the provider, so that the breaker
    leaves the provider alone. `retry_after` is the seconds for which the provider asked to be left
    alone, None when it did not say.
    """

    reason: ClassVar[str] = "provider_error"
    permanent: ClassVar[bool] = False
    of_prompt: ClassVar[bool] = False

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{self.reason}: {detail}" if detail else self.reason)
        self.retry_after = retry_after


class ConnectionFailedError(ProviderError):
    pass


class RefusedError(ConnectionFailedError):
    reason = "refused"


class ConnectTimeoutError(ConnectionFailedError):
    reason = "timeout_connect"


class AnswerTimeoutError(ProviderError):
    pass


class FirstTokenTimeoutError(AnswerTimeoutError):
    reason = "timeout_first_token"


class IdleTimeoutError(AnswerTimeoutError):
    reason = "timeout_idle"


class WholeTimeoutError(AnswerTimeoutError):
    reason = "timeout_whole"


class RejectedError(ProviderError):
    pass


class RateLimitedError(RejectedError):
    reason = "rate_limited"


class OverloadedError(RejectedError):
    reason = "overloaded"


class ServerFaultError(RejectedError):
    reason = "server_error"


class UnauthorisedError(RejectedError):
    reason = "unauthorised"
    permanent = True


class UnknownModelError(RejectedError):
    reason = "unknown_model"
    permanent = True


class BadRequestError(RejectedError):
    reason = "bad_request"
    permanent = True
    of_prompt = True


class TooLongError(RejectedError):
    reason = "too_long"
    permanent = True
    of_prompt = True


class BrokenAnswerError(ProviderError):
    pass


class BadResponseError(BrokenAnswerError):
    reason = "bad_response"


class CutError(BrokenAnswerError):
    reason = "cut"


class EmptyError(BrokenAnswerError):
    reason = "empty"


class EndlessError(BrokenAnswerError):
    """The model repeats itself, or said more than it was asked for."""

    reason = "endless"


class LengthError(BrokenAnswerError):
    """The answer reached the token limit: what there is of it ends in mid-thought."""

    reason = "length"
    permanent = True
    of_prompt = True


class DeclinedError(ProviderError):
    """The provider's own rules kept the model from answering."""

    reason = "declined"
    permanent = True
    of_prompt = True


class NotSentError(ProviderError):
    """No call was made: the ladder passes over the rung."""


class CircuitOpenError(NotSentError):
    reason = "circuit_open"


class CallsSpentError(NotSentError):
    reason = "calls_spent"


class TimeSpentError(NotSentError):
    reason = "time_spent"


class BudgetSpentError(NotSentError):
    reason = "budget_spent"


class NotAllowedError(NotSentError):
    """The brand's contract does not name this provider, its region or its terms."""

    reason = "not_allowed"


class ConsentError(NotSentError):
    """The client does not allow that their words leave the house."""

    reason = "consent"


class NotHiddenError(NotSentError):
    """The prompt has passed no discretion: what is personal in it would leave the house."""

    reason = "not_hidden"


BY_STATUS: dict[int, type[RejectedError]] = {
    401: UnauthorisedError,
    402: UnauthorisedError,
    403: UnauthorisedError,
    404: UnknownModelError,
    413: TooLongError,
    429: RateLimitedError,
    503: OverloadedError,
    529: OverloadedError,
}


def rejected(status: int, retry_after: float | None = None) -> RejectedError:
    """What an HTTP status (400 and above) means."""
    default = ServerFaultError if status >= 500 or status == 408 else BadRequestError
    return BY_STATUS.get(status, default)(f"HTTP {status}", retry_after)
