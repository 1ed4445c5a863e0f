"""Settings of the store room: `[store]` in config.toml."""

from pathlib import Path

from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from store.db.engine import parse_url
from store.db.errors import StoreError
from store.db.secrets import read_secret


class StoreSettings(BaseModel, extra="forbid"):
    url: str = Field(
        default="sqlite:///gihan.db",
        description="Where everything is remembered: sqlite:///FILE, or postgresql://user@host/db",
    )

    password_file: Path | None = Field(
        default=None, description="A file that holds the password of the PostgreSQL role, instead of the URL"
    )

    def address(self) -> str:
        """The URL with the password in it. Raises SecretFileError where its file cannot be read."""
        url = parse_url(self.url)
        if self.password_file is None or url.get_backend_name() == "sqlite":
            return self.url
        password = read_secret(self.password_file, "store.password_file")
        return url.set(password=password).render_as_string(hide_password=False)

    @property
    def has_password(self) -> bool:
        """A password stands in the URL itself."""
        return parse_url(self.url).password is not None

    @field_validator("url")
    @classmethod
    def _is_store(cls, value: str) -> str:
        try:
            parse_url(value)
        except StoreError as error:
            raise PydanticCustomError("no-store-address", "no address of a store", error.facts) from None
        return value
