"""Where the Chinese fonts are. The operator's own folder goes before the bundled ones.

Standard library and the font package only: the worker that draws knows no settings.
"""

from collections.abc import Iterable
from pathlib import Path

import pylopdf_fonts_zh_cn as bundled

OWN = ("NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf", "msyh.ttc", "simhei.ttf", "wqy-microhei.ttc")


def sans(folders: Iterable[Path] = ()) -> Path:
    """A sans-serif face with the characters of GB2312. Raises FileNotFoundError where there is none."""
    for folder in folders:
        for name in OWN:
            if (path := folder / name).is_file():
                return path
    path = bundled.sans_path()
    if not path.is_file():
        raise FileNotFoundError(path)
    return path
