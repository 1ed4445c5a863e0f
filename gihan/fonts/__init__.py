"""The Korean font (NanumGothic) that pictures and printed sheets are drawn with and that PDFium is given: where it lies."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
KOREAN: Final = FOLDER / "NanumGothic.ttf"
