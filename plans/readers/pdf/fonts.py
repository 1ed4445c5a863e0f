"""The fonts by which PDFium knows letters whose font a document does not carry: the same on every machine.

Without a Korean font of the machine PDFium drops such letters where they run upwards or downwards. The font that pictures
are drawn with (NanumGothic) is installed with the program, so nothing has to be installed beside it.
"""

import ctypes
from importlib.util import find_spec
from pathlib import Path

import pypdfium2.raw as pdfium

PACKAGE = "koreanize_matplotlib"
VERSION = 2  # of the configuration: the one pypdfium2 itself uses
_KEPT: list[object] = []  # PDFium reads the paths again whenever it looks for a font


def bring_own() -> None:
    """PDFium anew, with our own font in the place of the machine's; as it is where our own is not installed."""
    folder = own_folder()
    if folder is None or _KEPT:
        return
    path = ctypes.create_string_buffer(str(folder).encode())
    paths = (ctypes.POINTER(ctypes.c_char) * 2)()
    paths[0] = ctypes.cast(path, ctypes.POINTER(ctypes.c_char))
    config = pdfium.FPDF_LIBRARY_CONFIG(version=VERSION)
    config.m_pUserFontPaths = paths
    pdfium.FPDF_DestroyLibrary()  # pypdfium2 began it while it was imported
    pdfium.FPDF_InitLibraryWithConfig(config)
    _KEPT.extend((path, paths, config))


def own_folder() -> Path | None:
    """Where the font lies; found without importing what draws."""
    found = find_spec(PACKAGE)
    where = list(found.submodule_search_locations or ()) if found is not None else []
    folder = Path(where[0], "fonts") if where else None
    return folder if folder is not None and folder.is_dir() else None
