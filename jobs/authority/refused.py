"""A step that the rules do not allow: why, as a code with its facts, whose sentence the catalogue has."""


class StepError(Exception):
    """The step cannot be taken; each capability has its own, so that its catalogue says it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
