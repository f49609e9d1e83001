"""Apply an amending document to its base text: what readers of an amending bill need to see.

Understood are replacing (sửa đổi), adding (bổ sung), repealing (bãi bỏ) and changing words (thay cụm
từ) of articles, clauses and points. What could not be applied is listed with the reason, never dropped.
"""

from danban.lawtext.amend.consolidate import Applied, Done, Unapplied, apply

__all__ = ["Applied", "Done", "Unapplied", "apply"]
