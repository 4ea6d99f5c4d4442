"""Language models, real ones. Importing this is cheap: SDKs are imported when a model is first asked."""

from scenewright.providers.llm.checking import Checked, check, local_servers
from scenewright.providers.llm.names import account_of
from scenewright.providers.llm.provider import LlmProvider

__all__ = ["Checked", "LlmProvider", "account_of", "check", "local_servers"]
