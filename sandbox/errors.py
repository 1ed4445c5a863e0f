"""Every refusal of Telegram's that the sandbox knows, each worded once, as Telegram words it."""

from sandbox.shapes import Json


class ApiError(Exception):
    """An answer that is not ok: HTTP status, description and Telegram's ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The JSON object that Telegram answers with."""
        found: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            found["parameters"] = self.parameters
        return found


UNAUTHORIZED = "Unauthorized"
NOT_FOUND = "Not Found"
TOO_LARGE = "Request Entity Too Large"

CHAT_ID_EMPTY = "chat_id is empty"
CHAT_NOT_FOUND = "chat not found"
TEXT_EMPTY = "message text is empty"
TEXT_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
PARSE_MODE = "unsupported parse_mode"
MESSAGE_ID_MISSING = "message identifier is not specified"
EDIT_NOT_FOUND = "message to edit not found"
EDIT_REFUSED = "message can't be edited"
EDIT_NO_TEXT = "there is no text in the message to edit"
EDIT_NO_CAPTION = "there is no caption in the message to edit"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
REPLY_NOT_FOUND = "message to be replied not found"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
CALLBACK_TEXT_TOO_LONG = "MESSAGE_TOO_LONG"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
BUTTON_URL_INVALID = "BUTTON_URL_INVALID"
BUTTON_STYLE_INVALID = "can't parse inline keyboard button: invalid button style specified"
BUTTON_WITHOUT_TEXT = 'can\'t parse inline keyboard button: Field "text" must be of type String'
BUTTON_WITHOUT_ACTION = (
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)
MARKUP_NOT_OBJECT = "object expected as reply markup"
MARKUP_NOT_JSON = "can't parse reply keyboard markup JSON object"
MARKUP_TOO_LONG = "reply markup is too long"
INLINE_EXPECTED = "inline keyboard expected"
COMMAND_INVALID = "BOT_COMMAND_INVALID"
COMMAND_DESCRIPTION_INVALID = "BOT_COMMAND_DESCRIPTION_INVALID"
COMMANDS_TOO_MANY = "BOT_COMMANDS_TOO_MUCH"
COMMANDS_NOT_ARRAY = "can't parse commands JSON object"
PROFILE_TOO_LONG = "the text is too long"
SCOPE_UNSUPPORTED = "can't parse BotCommandScope: unsupported scope"
FILE_MISSING = "there is no document in the request"
PHOTO_MISSING = "there is no photo in the request"
FILE_EMPTY = "file must be non-empty"
FILE_ID_WRONG = "wrong file_id or the file is temporarily unavailable"
FILE_TOO_BIG = "file is too big"
FILE_URL_WRONG = "wrong file identifier/HTTP URL specified"
CHAT_ACTION_WRONG = "wrong parameter action in request"
WEBHOOK_NOT_HTTPS = "bad webhook: An HTTPS URL must be provided for webhook"
WEBHOOK_SECRET_WRONG = "bad webhook: Secret token contains unallowed characters"  # noqa: S105
GROUP_UPGRADED = "group chat was upgraded to a supergroup chat"

BOT_BLOCKED = "bot was blocked by the user"
CANNOT_INITIATE = "bot can't initiate conversation with a user"
USER_DEACTIVATED = "user is deactivated"

OTHER_GET_UPDATES = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def bad_request(reason: str, parameters: Json | None = None) -> ApiError:
    """400: the call itself is wrong."""
    return ApiError(400, f"Bad Request: {reason}", parameters)


def forbidden(reason: str) -> ApiError:
    """403: the bot may not write there."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409: two ways of receiving updates at once."""
    return ApiError(409, f"Conflict: {reason}")


def too_many(retry_after_s: int) -> ApiError:
    """429, with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", {"retry_after": retry_after_s})


def cannot_parse(reason: str) -> ApiError:
    """400: the formatting of a text is broken."""
    return bad_request(f"can't parse entities: {reason}")
