"""What the errors of every room mean on the command line: the line to print and the exit code."""

from sqlalchemy.exc import SQLAlchemyError

from bot.chat.invites import InviteError
from bot.chat.turn import UsageError
from bot.ops import logs
from bot.settings import SettingsError
from bot.texts import setting_words, store_words
from bot.texts.render import label
from jobs.addresses import example
from jobs.clock import ClockError
from jobs.plans.registration import DraftError, RegisterError
from jobs.settings import AddressError
from plans.errors import PlanError
from store.db.causes import error_of
from store.db.errors import StoreError, UnavailableError

FAILED, WRONG_USE, TRY_AGAIN = 1, 2, 75


class FallbackError(Exception):
    """Nothing was changed; the message says why and what to do."""


class PlaygroundError(Exception):
    """The sandbox could not be started; one clear line."""


class UnreadError(Exception):
    """Too much of a document was not read."""


KNOWN = (
    FallbackError,
    PlaygroundError,
    InviteError,
    RegisterError,
    ClockError,
    UsageError,
)


def told(error: Exception) -> tuple[str, int]:
    """What to print, and the code to end with."""
    if isinstance(error, SQLAlchemyError):
        error = error_of(error)
    if isinstance(error, PlanError):
        from bot.texts import plan_words  # noqa: PLC0415 - few commands read documents

        return plan_words.refusal(error), WRONG_USE
    if isinstance(error, SettingsError):
        return setting_words.told(error), WRONG_USE
    if isinstance(error, AddressError):
        return label("settings.no-address-in-file", path=error.path, example=example()), WRONG_USE
    if isinstance(error, DraftError):
        from bot.documents import drafts  # noqa: PLC0415 - the same

        return drafts.refusal(error), WRONG_USE
    if isinstance(error, UnreadError):
        return str(error), FAILED
    if isinstance(error, StoreError):
        return store_words.told(error), TRY_AGAIN if isinstance(error, UnavailableError) else WRONG_USE
    if isinstance(error, KNOWN):
        return str(error), WRONG_USE
    # its words may hold what somebody wrote, or a secret
    return label("cli.unexpected", error=logs.told(error)), FAILED
