"""Which environment variable holds a provider's key, for sentences that tell people what to set."""

from __future__ import annotations

from scenewright.providers.llm.names import COMPATIBLE, ModelRef

# Those whose variable is not simply the provider's name and _API_KEY.
_IRREGULAR = {
    "alibaba": ("ALIBABA_API_KEY", "DASHSCOPE_API_KEY"),
    "azure": ("AZURE_OPENAI_API_KEY",),
    "azure-responses": ("AZURE_OPENAI_API_KEY",),
    "bedrock": ("AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID"),
    "cohere": ("CO_API_KEY",),
    "google": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    "google-cloud": ("GOOGLE_APPLICATION_CREDENTIALS",),
    "heroku": ("HEROKU_INFERENCE_KEY",),
    "huggingface": ("HF_TOKEN",),
    "openai-chat": ("OPENAI_API_KEY",),
    "openai-responses": ("OPENAI_API_KEY",),
    "snowflake": ("SNOWFLAKE_TOKEN",),
    "vercel": ("VERCEL_AI_GATEWAY_API_KEY",),
}


def variables_of(ref: ModelRef) -> tuple[str, ...]:
    """The variables that may hold the key, the usual one first."""
    if ref.provider == COMPATIBLE:
        return ref.key_variables
    if ref.provider.startswith("gateway/"):
        return ("PYDANTIC_AI_GATEWAY_API_KEY",)
    return _IRREGULAR.get(ref.provider, (f"{ref.provider.upper().replace('-', '_')}_API_KEY",))
