"""The models: those that search, and those that answer."""

from concierge.settings.environment import env, flag, listed

# The embedder: "minilm" (local, the default), "openai:MODEL" or "fastembed:MODEL".
EMBEDDER = env("EMBEDDER", "minilm")
EMBEDDER_BASE_URL = env("EMBEDDER_BASE_URL", "")
EMBEDDER_API_KEY = env("EMBEDDER_API_KEY") or env("OPENAI_API_KEY", "")
EMBEDDER_DIMENSIONS = int(env("EMBEDDER_DIMENSIONS", "0"))  # 0: the model's own
# For the address before this one, while the archive is embedded anew: docs/embedding.md.
EMBEDDER_PREVIOUS_API_KEY = env("EMBEDDER_PREVIOUS_API_KEY", "")
# A cross-encoder for the best passages: "fastembed:MODEL"; "" for none. What it
# says after its budget is not waited for: archive/judge.py
RERANKER = env("RERANKER", "")
RERANKER_BUDGET_MS = float(env("RERANKER_BUDGET_MS", "150"))  # a query
SEARCH_WITHOUT = frozenset(listed("SEARCH_WITHOUT"))  # steps left out: archive/steps.py

# Redaction: a house's own patterns, a TOML file, and a model that knows names: docs/redaction.md.
REDACTION_PATTERNS = env("REDACTION_PATTERNS", "")
NAME_MODEL = env("NAME_MODEL", "")
# Through what texts pass before a remote embedder has them.
EMBEDDER_DISCRETION = "concierge.answering.leaving.discreet"


def small(name: str, model: str, **more: str) -> dict[str, str]:
    """What a provider's small model has of its own; a house's own server may not have it."""
    if said := env(name):
        return {"model": said}
    return {} if env(name.replace("SMALL_MODEL", "BASE_URL")) else {"model": model, **more}


# The answering rungs, first to last; a rung without its key is left out.
LLM_PROVIDERS = {
    "openai": {
        "adapter": "concierge.llm.openai.OpenAI",
        "api_key": env("OPENAI_API_KEY", ""),
        "base_url": env("OPENAI_BASE_URL", ""),
        "model": env("OPENAI_MODEL", "gpt-5-mini"),
        "api": env("OPENAI_API", "chat"),  # or "responses"
        # Tokens of a prompt and its answer together; a server of one's own may read fewer.
        "context": int(env("OPENAI_CONTEXT", "8000" if env("OPENAI_BASE_URL") else "100000")),
        # How long it may think before its first word; other servers need not know the word.
        "effort": env("OPENAI_EFFORT", "" if env("OPENAI_BASE_URL") else "low"),
        # What its contract says, for the brands that ask for it: docs/contract.md.
        "region": env("OPENAI_REGION", ""),
        "zero_retention": flag("OPENAI_ZERO_RETENTION", False),
        "store": env("OPENAI_STORE", "false"),  # or "omit", for a server that knows no such word
        "small": small("OPENAI_SMALL_MODEL", "gpt-5-nano", effort="minimal"),
    },
    "anthropic": {
        "adapter": "concierge.llm.anthropic.Anthropic",
        "api_key": env("ANTHROPIC_API_KEY", ""),
        "base_url": env("ANTHROPIC_BASE_URL", ""),
        "model": env("ANTHROPIC_MODEL", "claude-sonnet-4-6"),
        "context": int(env("ANTHROPIC_CONTEXT", "100000")),
        "region": env("ANTHROPIC_REGION", ""),
        "zero_retention": flag("ANTHROPIC_ZERO_RETENTION", False),
        "small": small("ANTHROPIC_SMALL_MODEL", "claude-haiku-4-5"),
    },
}
LLM_ORDER = listed("LLM_ORDER", "anthropic,openai")
# Seconds from the question until words must be coming, whoever says them; docs/providers.md.
LLM_TURN = float(env("LLM_TURN", "6.5"))
# Seconds a model has for its first word while another could be asked, for each next, for all.
LLM_FIRST_TOKEN = float(env("LLM_FIRST_TOKEN", "4"))
LLM_IDLE = float(env("LLM_IDLE", "2.5"))
LLM_WHOLE = float(env("LLM_WHOLE", "45"))
# What may be spent on models, in US dollars a day or a month (UTC), where the console says nothing
# else for a brand; a call's upper bound is reserved before it is made: docs/costs.md.
LLM_BUDGETS = {
    "visitor_day": env("BUDGET_VISITOR_DAY", "1"),
    "address_day": env("BUDGET_ADDRESS_DAY", "5"),
    "day": env("BUDGET_BRAND_DAY", "50"),
    "month": env("BUDGET_BRAND_MONTH", "800"),
    "installation_day": env("BUDGET_INSTALLATION_DAY", "200"),
    # The share of the brand's and the installation's that new visitors leave to those known.
    "known_share": env("BUDGET_KNOWN_SHARE", "0.3"),
}
# Seconds a model has to make a follow-up stand alone before it is searched for; 0: it is not asked.
REWRITE_TIMEOUT = float(env("REWRITE_TIMEOUT", "1.5"))
