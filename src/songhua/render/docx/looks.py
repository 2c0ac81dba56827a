"""The looks of a DOCX of songhua's own: page, styles, fonts, numbers of headings, page numbers."""

from __future__ import annotations

from typing import Any

from songhua.format.view import View
from songhua.messages import LANGUAGES, language
from songhua.render.office import DEEPEST, PAPER, Face, Office, font_substitutes, word_number

INK = "1C2733"
#: Which face a style has.
FACES = {
    "Normal": "body",
    "Body Text": "body",
    "List Bullet": "body",
    "Title": "title",
    "Heading 1": "heading1",
    "Heading 2": "heading2",
    "Heading 3": "heading3",
    "Caption": "caption",
    "Footer": "footer",
}
#: A number that no list of Word's own has.
LIST = 977
FOLIO, TOTAL = "\ue000", "\ue001"


class Looks:
    """Writes the layout of a language into a new document."""

    def __init__(self, docx: Any, document: Any, view: View, office: Office) -> None:
        """Write into a new document."""
        self.docx, self.document, self.view, self.office = docx, document, view, office
        self.make, self.q = docx.oxml.OxmlElement, docx.oxml.ns.qn

    def apply(self) -> None:
        """Page, styles, fonts and page numbers."""
        self._page()
        for name, face in FACES.items():
            self._style(self.document.styles[name], self.office.faces[face], name)
        self._spacing()
        self._fonts()

    def _page(self) -> None:
        """A4 upright, with the number of the page below."""
        cm, section = self.docx.shared.Cm, self.document.sections[0]
        section.page_width, section.page_height = (cm(side) for side in PAPER)
        for side, wide in self.office.margin.items():
            setattr(section, f"{side}_margin", cm(wide))
        footer = section.footer.paragraphs[0]
        footer.alignment = 1
        text = self.view.say("page_number", n=FOLIO, total=TOTAL)
        for piece in text.replace(FOLIO, f"|{FOLIO}|").replace(TOTAL, f"|{TOTAL}|").split("|"):
            if piece in (FOLIO, TOTAL):
                self.field(footer, {FOLIO: "PAGE", TOTAL: "NUMPAGES"}[piece], "1")
            elif piece:
                footer.add_run(piece)

    def field(self, paragraph: Any, code: str, placeholder: str) -> None:
        """A field that the program counts, with what it shows until then."""
        field = self.make("w:fldSimple")
        field.set(self.q("w:instr"), code)
        run, text = self.make("w:r"), self.make("w:t")
        text.text = placeholder
        run.append(text)
        field.append(run)
        paragraph._p.append(field)

    def _style(self, style: Any, face: Face, name: str) -> None:
        style.font.size = self.docx.shared.Pt(face.size)
        style.font.name = face.latin
        style.font.bold = face.bold
        style.font.italic = False
        style.font.color.rgb = self.docx.shared.RGBColor.from_string(INK)
        self._east(style.element.get_or_add_rPr(), face.wide)
        if name == "Title":
            style.paragraph_format.alignment = 1
            for border in style.element.pPr.findall(self.q("w:pBdr")):
                style.element.pPr.remove(border)

    def _spacing(self) -> None:
        """Lines of a fixed height, and an indent of the first line where the language has one."""
        pt, styles, office = self.docx.shared.Pt, self.document.styles, self.office
        exactly = self.docx.enum.text.WD_LINE_SPACING.EXACTLY
        for name in ("Body Text", "List Bullet", "Title", *headings()):
            form = styles[name].paragraph_format
            size = office.faces[FACES[name]].size
            form.line_spacing_rule, form.line_spacing = exactly, pt(max(office.line, 1.25 * size))
            form.space_before = pt(0 if office.indent else office.after * name.count("Heading") * 2)
            form.space_after = pt(office.after)
            if name in headings():
                form.keep_with_next = True
            if office.indent and name not in ("Title", "List Bullet"):
                self.indent(styles[name].element.get_or_add_pPr(), size)
        title = styles["Title"].paragraph_format
        title.space_before, title.space_after = pt(office.line), pt(office.line / 2)
        styles["Body Text"].paragraph_format.widow_control = True
        styles["Normal"].paragraph_format.space_after = pt(0)
        caption = styles["Caption"].paragraph_format
        caption.space_before, caption.space_after = pt(8), pt(4)

    def indent(self, properties: Any, size: float) -> None:
        """The first line moved in by letters, and by as much in points for who knows no letters."""
        moved = properties.get_or_add_ind()
        moved.set(self.q("w:firstLineChars"), str(100 * self.office.indent))
        moved.set(self.q("w:firstLine"), str(round(20 * self.office.indent * size)))

    def _east(self, properties: Any, font: str) -> None:
        """The East Asian font and language of a style; a theme's font would overrule it."""
        fonts = properties.get_or_add_rFonts()
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(self.q(f"w:{name}"), None)
        fonts.set(self.q("w:eastAsia"), font)
        for old in properties.findall(self.q("w:lang")):
            properties.remove(old)
        lang = self.make("w:lang")
        latin, wide = locales(self.view.lang)
        lang.set(self.q("w:val"), latin)
        lang.set(self.q("w:eastAsia"), wide)
        properties.append(lang)

    def _fonts(self) -> None:
        """The table of fonts, each with its substitute on other systems."""
        faces = {face.wide for face in self.office.faces.values()}
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{substitute}"/></w:font>'
            for name, substitute in font_substitutes().items()
            if name in faces
        )
        kind = self.docx.opc.constants.RELATIONSHIP_TYPE.FONT_TABLE
        part = self.document.part.part_related_by(kind)
        part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")


def headings() -> list[str]:
    """The styles of headings, the highest first."""
    return [f"Heading {level}" for level in range(1, DEEPEST + 1)]


def numbered(docx: Any, document: Any, office: Office) -> None:
    """A list of the layout's numbers, for the headings of the document to count by."""
    make, q = docx.oxml.OxmlElement, docx.oxml.ns.qn
    kind = docx.opc.constants.RELATIONSHIP_TYPE.NUMBERING
    try:
        part = document.part.part_related_by(kind)
    except KeyError:
        part = docx.Document().part.part_related_by(kind)
        document.part.relate_to(part, kind)
    root = part.element
    abstract = make("w:abstractNum")
    abstract.set(q("w:abstractNumId"), str(LIST))
    several = make("w:multiLevelType")
    several.set(q("w:val"), "multilevel")
    abstract.append(several)
    for level, pattern in enumerate(office.numbers[:DEEPEST], 1):
        form, text = word_number(pattern, level)
        definition = make("w:lvl")
        definition.set(q("w:ilvl"), str(level - 1))
        after = "nothing" if office.indent else "space"
        settings = (("start", "1"), ("numFmt", form), ("suff", after), ("lvlText", text))
        for name, value in settings:
            item = make(f"w:{name}")
            item.set(q("w:val"), value)
            definition.append(item)
        properties, moved = make("w:pPr"), make("w:ind")
        size = office.faces[f"heading{level}"].size
        for name, value in (("firstLineChars", 100), ("firstLine", round(20 * size)), ("left", 0)):
            moved.set(q(f"w:{name}"), str(value * (office.indent or int(name == "left"))))
        properties.append(moved)
        definition.append(properties)
        abstract.append(definition)
    first = root.find(q("w:num"))
    if first is None:
        root.append(abstract)
    else:
        first.addprevious(abstract)
    number = make("w:num")
    number.set(q("w:numId"), str(LIST))
    of = make("w:abstractNumId")
    of.set(q("w:val"), str(LIST))
    number.append(of)
    nums = root.findall(q("w:num"))
    (nums[-1].addnext if nums else root.append)(number)


def locales(lang: str) -> tuple[str, str]:
    """The locales of narrow and of wide letters: the language's own, and the first of the others.

    >>> locales("en"), locales("zh")
    (('en-GB', 'zh-CN'), ('en-GB', 'zh-CN'))
    """
    order = [language(code) for code in (lang, *LANGUAGES)]
    narrow, wide = (next((o.locale for o in order if o.wide is w), "") for w in (False, True))
    return narrow or wide, wide or narrow
