"""Receiving updates: getUpdates and the webhook."""

import re
from urllib.parse import urlsplit

from sandbox import errors
from sandbox.core import Sandbox
from sandbox.loopback import is_loopback
from sandbox.params import Params
from sandbox.shapes import Json
from sandbox.updates import LIMIT, check_kinds

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(sandbox: Sandbox, params: Params) -> list[Json]:
    """Updates from `offset` on, waiting for one up to `timeout` seconds."""
    _take_kinds(sandbox, params)
    limit = params.integer("limit", LIMIT)
    return await sandbox.updates.poll(params.integer("offset"), limit, params.integer("timeout"))


async def set_webhook(sandbox: Sandbox, params: Params) -> bool:
    """Deliver to an address from now on; only addresses of this machine are served. An empty one ends it."""
    url, secret = params.text("url") or "", params.text("secret_token") or ""
    if not url:
        return await delete_webhook(sandbox, params)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not is_loopback(parts.hostname):
        raise errors.bad_request(errors.WEBHOOK_NOT_HTTPS)
    if secret and not SECRET.fullmatch(secret):
        raise errors.bad_request(errors.WEBHOOK_SECRET_WRONG)
    _take_kinds(sandbox, params)
    if params.flag("drop_pending_updates"):
        sandbox.updates.drop()
    await sandbox.webhook.start(url, secret)
    return True


async def delete_webhook(sandbox: Sandbox, params: Params) -> bool:
    """Deliver nothing any more."""
    await sandbox.webhook.stop()
    if params.flag("drop_pending_updates"):
        sandbox.updates.drop()
    return True


async def get_webhook_info(sandbox: Sandbox, params: Params) -> Json:
    """Address, count of waiting updates, last error."""
    return sandbox.webhook.info()


def _take_kinds(sandbox: Sandbox, params: Params) -> None:
    if "allowed_updates" in params.values:
        sandbox.updates.allowed = check_kinds(params.value("allowed_updates") or [])
