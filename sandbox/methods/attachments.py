"""Documents and photos: sending, getFile."""

from sandbox import errors
from sandbox.core import Sandbox
from sandbox.errors import ApiError
from sandbox.files import DOWNLOAD_LIMIT, UPLOAD_LIMIT, StoredFile
from sandbox.methods.edits import caption_content
from sandbox.methods.messages import reply_target
from sandbox.params import Params, Upload
from sandbox.payloads import message_object
from sandbox.pictures import picture_size
from sandbox.shapes import Json


async def send_document(sandbox: Sandbox, params: Params) -> Json:
    """A file with an optional caption."""
    stored = _file(sandbox, params, "document", errors.FILE_MISSING, "documents")
    return _send(sandbox, params, {"document": stored.document()})


async def send_photo(sandbox: Sandbox, params: Params) -> Json:
    """A picture with an optional caption; one size is told."""
    stored = _file(sandbox, params, "photo", errors.PHOTO_MISSING, "photos")
    size = picture_size(stored.content)
    if size is None:
        raise errors.bad_request("IMAGE_PROCESS_FAILED")
    return _send(sandbox, params, {"photo": [{"width": size[0], "height": size[1], **stored.reference()}]})


async def get_file(sandbox: Sandbox, params: Params) -> Json:
    """Where a file can be fetched."""
    stored = sandbox.world.files.by_id.get(params.text("file_id") or "")
    if stored is None:
        raise errors.bad_request(errors.FILE_ID_WRONG)
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise errors.bad_request(errors.FILE_TOO_BIG)
    return {**stored.reference(), "file_path": stored.path}


def _send(sandbox: Sandbox, params: Params, attachment: Json) -> Json:
    world = sandbox.world
    chat = world.writable_chat(params.chat_id())
    content = caption_content(params)
    reply_to = reply_target(chat, params)
    message = world.post(chat, world.bot.user(), content, attachment=attachment, reply_to=reply_to)
    return message_object(world, chat, message)


def _file(sandbox: Sandbox, params: Params, name: str, missing: str, folder: str) -> StoredFile:
    """The file of a call: uploaded, attached under another name, or known by its id."""
    given = params.text(name) or ""
    upload = params.files.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
    if upload is not None:
        _check_size(upload)
        return sandbox.world.files.add(upload.name, upload.content, upload.mime, folder)
    if not given:
        raise errors.bad_request(missing)
    stored = sandbox.world.files.by_id.get(given)
    if stored is None:
        raise errors.bad_request(errors.FILE_URL_WRONG)
    return stored


def _check_size(upload: Upload) -> None:
    if not upload.content:
        raise errors.bad_request(errors.FILE_EMPTY)
    if len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413, errors.TOO_LARGE)
