"""The templates of what is published: strict ones; only pages (.html) are escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reports.texts import grammar


def environment(language: str) -> Environment:
    """Of that language, with its particles and dates."""
    env = Environment(
        loader=PackageLoader("reports", f"texts/{language}"),
        autoescape=select_autoescape(["html"], default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    own = grammar.of(language)
    env.filters |= grammar.filters(language) | {"day": own.full_day, "moment": own.full_moment}
    return env
