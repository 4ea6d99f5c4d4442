"""What a machine or a person sets once: `SCENEWRIGHT_...` in the environment. Keys are not in here."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from pathlib import Path

import platformdirs
from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from scenewright.app.parallel import CEILING, Parallel, parse_parallel
from scenewright.app.pricing import parse_amount, said_prices
from scenewright.domain.errors import BadSettings
from scenewright.providers.prices import Prices

PARALLEL = "PARALLEL_SCENE_CONCURRENCY"  # read without the prefix, too


class Settings(BaseSettings):
    """Every field can be set as SCENEWRIGHT_<NAME>; the command line overrides it."""

    model_config = SettingsConfigDict(
        env_prefix="SCENEWRIGHT_", env_ignore_empty=True, frozen=True, populate_by_name=True
    )

    home: Path = Field(default_factory=lambda: platformdirs.user_data_path("scenewright"))  # the data folder
    model: str = ""  # "provider:model"; empty = the offline author
    models: dict[str, str] = Field(default_factory=dict)  # step name -> "provider:model", as JSON
    base_url: str = ""  # an OpenAI-compatible address for the model
    window: int = Field(default=32_000, ge=2_000)  # tokens that a request to the model may take
    voice: str = ""  # "engine:voice"; empty = an embedded one for the language
    speech_url: str = ""  # an OpenAI-compatible address for the voice
    first_answer: float = Field(default=180.0, gt=0)  # seconds until something of an answer arrives
    stall: float = Field(default=60.0, gt=0)  # seconds between two pieces of an answer
    longest_call: float = Field(default=1800.0, gt=0)  # seconds for one call, however much it says
    attempts: int = Field(default=5, ge=1, le=20)  # calls in all, where a call may be repeated
    backoff: float = Field(default=1.0, ge=0)  # seconds; doubles with every attempt
    parallel_scene_concurrency: str = Field(
        default="", validation_alias=AliasChoices(f"SCENEWRIGHT_{PARALLEL}", PARALLEL)
    )  # off, on, a number, or auto; see app.parallel
    voice_parallel: str = ""  # the same for voices; empty = as the scenes
    parallel_ceiling: int = Field(default=CEILING, ge=1)  # no setting asks for more
    rpm: int | None = Field(default=None, ge=1)  # requests a minute that an account may take; None = as it tells
    tpm: int | None = Field(default=None, ge=1)  # tokens a minute
    budget: str = ""  # US dollars for a work, all its runs together; empty = none
    price: str = ""  # US dollars for a million tokens, IN/OUT or MODEL=IN/OUT,...; empty = as the price list says
    voice_price: str = ""  # US dollars for a million characters spoken

    @field_validator("home")
    @classmethod
    def _expanded(cls, home: Path) -> Path:
        return home.expanduser()

    @field_validator("parallel_scene_concurrency", "voice_parallel", mode="before")
    @classmethod
    def _as_said(cls, value: object) -> str:
        return "" if value is None else str(value)

    @property
    def allowance(self) -> Decimal | None:
        """US dollars for a work. Raises: BadSettings."""
        return parse_amount(self.budget, "The budget") if self.budget.strip() else None

    @property
    def prices(self) -> Prices:
        """What a person said. Raises: BadSettings."""
        return said_prices(self.price, self.voice_price)

    @property
    def for_models(self) -> Parallel:
        return self._parallels[0][0]

    @property
    def for_voices(self) -> Parallel:
        """Of accounts. What the embedded voice may do is another matter if `voice_parallel` says nothing."""
        return self._parallels[1][0]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was set and cannot be meant."""
        return tuple(warning for _, warning in self._parallels if warning)

    @cached_property
    def _parallels(self) -> tuple[tuple[Parallel, str], tuple[Parallel, str]]:
        models = parse_parallel(self.parallel_scene_concurrency, self.parallel_ceiling, "parallel")
        if not self.voice_parallel:
            return models, (models[0], "")
        return models, parse_parallel(self.voice_parallel, self.parallel_ceiling, "voice-parallel")


def load_settings(**overrides: object) -> Settings:
    """Raises: BadSettings: a variable has a value that cannot be used."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value})  # type: ignore[arg-type]
    except SettingsError as exc:
        raise BadSettings(f"A SCENEWRIGHT_ variable cannot be read: {exc}. It must be JSON; mend or unset it.") from exc
    except ValidationError as exc:
        error = exc.errors(include_url=False, include_input=False)[0]
        name = "SCENEWRIGHT_" + "_".join(str(step) for step in error["loc"]).upper()
        raise BadSettings(f"{name} cannot be used: {error['msg']}. Mend or unset it.") from exc
