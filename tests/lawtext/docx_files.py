"""Small Word files written by hand: only what a test is about."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a run that is no markup becomes text."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def table(*rows: tuple[str, ...]) -> str:
    made = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{made}</w:tbl>"


def level(number: int, text: str, form: str = "decimal", extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def part(root: str, body: str) -> str:
    return f'{HEAD}<w:{root} xmlns:w="{W}" xmlns:mc="{MC}">{body}</w:{root}>'


def docx(*blocks: str, **parts: str) -> bytes:
    """A .docx; ``parts`` are bodies of numbering, styles, footnotes, header1, comments."""
    roots = {"header1": "hdr", "footer1": "ftr"}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", part("document", f"<w:body>{''.join(blocks)}</w:body>"))
        for name, body in parts.items():
            archive.writestr(f"word/{name}.xml", part(roots.get(name, name), body))
    return target.getvalue()
