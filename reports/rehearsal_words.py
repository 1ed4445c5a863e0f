"""What a rehearsal calls the rules and what it assumes."""

from reports import texts


def rule_words(rule: str) -> str:
    """What a rule is called: 기한 7일 전, 기한 경과 3일."""
    kind, _, days = rule.partition(":")
    if (named := texts.words("rehearsal.rules").get(rule)) is not None:
        return named
    if kind == "before":
        return texts.line("rehearsal.before", days=days) if days != "0" else texts.line("rehearsal.on-day")
    return texts.line("rehearsal.after", days=days) if kind == "after" else rule


def assumed(code: str) -> str:
    """What the rehearsal takes people to do: 아무도 답하지 않을 때."""
    return texts.words("rehearsal.assumes")[code]
