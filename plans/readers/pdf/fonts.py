"""The fonts by which PDFium knows letters whose font a document does not carry: the same on every machine.

Without a Korean font of the machine PDFium drops such letters where they run upwards or downwards. The font that pictures
are drawn with (NanumGothic) is part of the program, so nothing has to be installed beside it.
"""

import ctypes

import pypdfium2.raw as pdfium

from gihan.fonts import FOLDER

VERSION = 2  # of the configuration: the one pypdfium2 itself uses
_KEPT: list[object] = []  # PDFium reads the paths again whenever it looks for a font


def bring_own() -> None:
    """PDFium anew, with our own font in the place of the machine's."""
    if _KEPT:
        return
    path = ctypes.create_string_buffer(str(FOLDER).encode())
    paths = (ctypes.POINTER(ctypes.c_char) * 2)()
    paths[0] = ctypes.cast(path, ctypes.POINTER(ctypes.c_char))
    config = pdfium.FPDF_LIBRARY_CONFIG(version=VERSION)
    config.m_pUserFontPaths = paths
    pdfium.FPDF_DestroyLibrary()  # pypdfium2 began it while it was imported
    pdfium.FPDF_InitLibraryWithConfig(config)
    _KEPT.extend((path, paths, config))
