"""What the store can say no with."""

from sqlalchemy.exc import InternalError, OperationalError

# The store is busy or gone, or ended our transaction because we stood still: the same work may succeed later.
BUSY = (OperationalError, InternalError)


class StoreError(Exception):
    """The store cannot be used as asked; the message is one clear line for the operator."""
