"""The comparison table (bảng so sánh): current rule | draft | note, as HTML and as .docx."""

from danban.lawtext.comparison.page import as_html
from danban.lawtext.comparison.paper import as_docx
from danban.lawtext.comparison.rows import Row, rows

__all__ = ["Row", "as_docx", "as_html", "rows"]
