"""Type faces: the right shapes for each language, and other fonts for rare characters.

The same character has other shapes in mainland China, Taiwan and Japan. Debian's collection opens
at its Japanese face and Kivy cannot choose another, so the faces are cut out of it (ui facts 2.1).
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from kivy.core.text import DEFAULT_FONT, LabelBase

from screens.font_file import Coverage, coverage, cut_face

FACES = {"UI-sc": 2, "UI-tc": 3}
"""Family name and index of its face in Noto's CJK collections."""

MAIN_FAMILY = "UI-sc"

_MAIN_FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/local/share/fonts",
)
_RARE_FONTS = {
    "Rare-hanamin": ("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",),
    "Rare-babelstone": ("/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",),
}


class FontsError(Exception):
    """The machine has no Chinese font; names the Debian package that brings it."""


@dataclass(frozen=True)
class Typeface:
    """One family and the file that shows what it can draw.

    Args:
        family: name to use as `font_name`.
        file: its regular weight.
    """

    family: str
    file: Path

    @cached_property
    def characters(self) -> Coverage:
        """Code points it can draw; read from the file once, when first asked."""
        return coverage(self.file)


@dataclass(frozen=True)
class Typefaces:
    """Every family the screens may use.

    Args:
        main: by family name.
        rare: asked in turn for a character that a main family lacks.
    """

    main: Mapping[str, Typeface]
    rare: tuple[Typeface, ...]

    def lacks(self, text: str, family: str = MAIN_FAMILY) -> bool:
        """Whether a text has a character that the family cannot draw."""
        if text.isascii():
            return False
        drawn = self._of(family).characters
        return any(ord(character) not in drawn and character != "\n" for character in text)

    def with_rare(self, text: str, family: str = MAIN_FAMILY) -> str:
        """A text as Kivy markup in which every character can be seen, as far as any font has it.

        Args:
            text: plain text; brackets in it stay brackets.
            family: of the label.
        """
        parts = []
        for rare, run in groupby(text, key=lambda character: self._rare_family(character, family)):
            plain = _escaped("".join(run))
            parts.append(f"[font={rare}]{plain}[/font]" if rare else plain)
        return "".join(parts)

    def _of(self, family: str) -> Typeface:
        return self.main.get(family) or self.main[MAIN_FAMILY]

    def _rare_family(self, character: str, family: str) -> str | None:
        code = ord(character)
        if code < 0x80 or code in self._of(family).characters:
            return None
        fitting = (face.family for face in self.rare if code in face.characters)
        return next(fitting, None)


_installed: list[Typefaces] = []
"""The families that Kivy knows now; Kivy's own table of fonts is as global as this."""


def lacks(text: str, family: str = MAIN_FAMILY) -> bool:
    """Whether a text has a character that the family cannot draw; see `Typefaces.lacks`."""
    return bool(_installed) and _installed[-1].lacks(text, family)


def with_rare(text: str, family: str = MAIN_FAMILY) -> str:
    """A text as markup in which rare characters can be seen; see `Typefaces.with_rare`."""
    return _installed[-1].with_rare(text, family) if _installed else _escaped(text)


def install(
    cache: Path | None = None,
    main_folders: Iterable[str] = _MAIN_FOLDERS,
    rare_fonts: Mapping[str, Iterable[str]] = _RARE_FONTS,
) -> Typefaces:
    """Make all families known to Kivy; called before the first widget.

    Args:
        cache: folder for the faces cut out; the user's cache folder when not given.
        main_folders: where the collections may lie.
        rare_fonts: by family, where its file may lie; one that is absent is left out.

    Raises:
        FontsError: no Chinese font.
    """
    folder = cache or _own_cache()
    regular = _find("NotoSansCJK-Regular.ttc", main_folders)
    bold = _find("NotoSansCJK-Bold.ttc", main_folders)
    main = {}
    for family, index in FACES.items():
        thin, thick = _face(regular, index, folder), _face(bold, index, folder)
        _register(family, thin, thick)
        if family == MAIN_FAMILY:
            _register(DEFAULT_FONT, thin, thick)
        main[family] = Typeface(family, thin)
    rare = []
    for family, places in rare_fonts.items():
        file = next((Path(place) for place in places if Path(place).is_file()), None)
        if file is not None:
            _register(family, file, file)
            rare.append(Typeface(family, file))
    _installed[:] = [Typefaces(main, tuple(rare))]
    return _installed[-1]


def _own_cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "hall-kiosk" / "fonts"


def _find(name: str, folders: Iterable[str]) -> Path:
    asked = list(folders)
    for folder in asked:
        if (path := Path(folder) / name).is_file():
            return path
    raise FontsError(
        f"{name} is in none of {', '.join(asked)}; mend: apt-get install fonts-noto-cjk"
    )


def _face(collection: Path, index: int, folder: Path) -> Path:
    state = collection.stat()
    origin = f"{collection}:{state.st_mtime_ns}:{state.st_size}:{index}"
    key = hashlib.sha256(origin.encode()).hexdigest()[:16]
    cut = folder / f"{collection.stem}-{index}-{key}.otf"
    if not cut.is_file():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Renamed into place whole: a second machine that starts now must not see half a file.
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
            file.write(cut_face(collection, index))
        Path(file.name).replace(cut)
    return cut


def _register(family: str, regular: Path, bold: Path) -> None:
    LabelBase.register(family, str(regular), str(regular), str(bold), str(bold))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("[", "&bl;").replace("]", "&br;")
