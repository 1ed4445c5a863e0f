"""What the store can say no with."""


class StoreError(Exception):
    """The store cannot be used as asked; the message is one clear line for the operator."""
