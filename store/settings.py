"""Settings of the store room: `[store]` in config.toml."""

from pydantic import BaseModel, ConfigDict, Field


class StoreSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str = Field(
        default="sqlite:///gihan.db",
        description="Where everything is remembered: sqlite:///FILE, or postgresql://user@host/db",
    )
