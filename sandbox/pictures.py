"""Width and height of a PNG or JPEG, read from its head."""


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where it is neither PNG nor JPEG."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return _number(content[16:20]), _number(content[20:24])
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        if content[position + 1] in range(0xC0, 0xC4):
            return _number(content[position + 7 : position + 9]), _number(
                content[position + 5 : position + 7]
            )
        position += 2 + _number(content[position + 2 : position + 4])
    return None


def _number(part: bytes) -> int:
    return int.from_bytes(part, "big")
