"""Settings of the store room: `[store]` in config.toml."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from store.engine import parse_url
from store.errors import StoreError


class StoreSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str = Field(
        default="sqlite:///gihan.db",
        description="Where everything is remembered: sqlite:///FILE, or postgresql://user@host/db",
    )

    @field_validator("url")
    @classmethod
    def _is_store(cls, value: str) -> str:
        try:
            parse_url(value)
        except StoreError as error:
            raise ValueError(str(error).removeprefix("store.url: ")) from None
        return value
