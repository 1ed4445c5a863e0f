"""What stands in a table where a task has no department, area or bureau."""

from reports import texts


def department() -> str:
    return texts.line("unnamed.department")


def area() -> str:
    return texts.line("unnamed.area")


def bureau() -> str:
    return texts.line("unnamed.bureau")
