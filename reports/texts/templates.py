"""The templates of what is published: strict ones; only pages (.html) are escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from reports.texts import korean


def environment(language: str) -> Environment:
    """Of that language, with its particles and dates."""
    env = Environment(
        loader=PackageLoader("reports", f"texts/{language}"),
        autoescape=select_autoescape(["html"], default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "josa": korean.josa,
        "day": korean.full_day,
        "long_day": korean.long_day,
        "short_day": korean.short_day,
        "moment": korean.full_moment,
        "thousands": lambda count: f"{count:,}",
    }
    return env
