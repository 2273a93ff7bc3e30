"""Which providers a brand's words may be sent to: checked before each call."""

from archive.wall.scope import everything
from concierge.llm.errors import NotAllowedError
from concierge.llm.models import Contract
from concierge.llm.protocol import Endpoint, Payer


@everything()
def check(endpoint: Endpoint, payer: Payer | None) -> None:
    """Raises NotAllowedError where the brand's contract does not cover the endpoint.

    Words of no known brand may go only where every brand's contract would let them go.
    """
    contracts = Contract.objects.all()
    if payer is not None:
        contracts = contracts.filter(brand=payer.brand_id)
    for each in contracts:
        if missing := lacking(endpoint, each):
            raise NotAllowedError(missing)


def lacking(endpoint: Endpoint, contract: Contract) -> str:
    """What of the contract the endpoint does not meet; "" when it meets all."""
    if contract.providers and endpoint.provider not in contract.providers:
        return "provider"
    if contract.regions and endpoint.region not in contract.regions:
        return "region"
    if contract.zero_retention and not endpoint.zero_retention:
        return "zero_retention"
    return ""
