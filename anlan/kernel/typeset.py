"""PDF from words by typst, in the fonts of the installation. The same words give the same bytes.

PDF/A is asked for because it refuses a character that no font can show, instead of printing an empty box.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings

from anlan.kernel.words import Reason, Refused

#: per use, the official face first, then what is free; names as font files give them
FACES = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "Noto Serif SC"),
    "song": ("SimSun", "宋体", "Noto Serif SC"),
    "black": ("SimHei", "黑体", "Noto Sans SC"),
}


def pdf(template: Path, data: Mapping[str, Any], *, dated: datetime) -> bytes:
    """A template (*.typ, with what it imports beside it) filled with data. `dated` is the file's date.

    Raises Refused for a character that no font at hand can show.
    """
    fonts, faces = fonts_of(str(settings.FONTS_DIR))
    compiler = typst.Compiler(
        input=str(template),
        root=str(template.parent),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "fonts": json.dumps(faces)},
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=dated.replace(microsecond=0))
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            character = error.message.partition("`")[2].partition("`")[0].strip('"')
            raise Refused(
                Reason(
                    "字库中没有“%(character)s”字,不能成文:请改用通行的字,或由系统管理员补充字库",
                    {"character": character},
                )
            ) from error
        raise
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=4)
def fonts_of(folder: str) -> tuple[typst.Fonts, dict[str, Any]]:
    """The fonts of the installation's own folder and of the package, and the face for each use."""
    paths = [Path(pylopdf_fonts_zh_cn.__file__).parent]
    if Path(folder).is_dir():
        paths.insert(0, Path(folder))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    there = set(fonts.families())
    faces: dict[str, Any] = {use: [f for f in names if f in there] for use, names in FACES.items()}
    faces["drawn"] = faces["title"][0] == "Noto Serif SC"
    return fonts, faces
