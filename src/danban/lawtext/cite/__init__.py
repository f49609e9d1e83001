"""Citations in legal text and in people's own words, resolved to addresses.

>>> [ref.address for ref in cite("Đề nghị sửa điểm a, b khoản 4 và khoản 5 Điều 26").refs]
['dieu-26.khoan-4.diem-a', 'dieu-26.khoan-4.diem-b', 'dieu-26.khoan-5']
>>> cited = cite("theo khoản 2 Điều 3 Nghị định số 43/2014/NĐ-CP, K2 Đ5 nên bỏ")
>>> [ref.address for ref in cited.refs], [other.document for other in cited.external]
(['dieu-5.khoan-2'], ['Nghị định số 43/2014/NĐ-CP'])
"""

from danban.lawtext.cite.resolve import Cited, Citer, External, Ref, cite

__all__ = ["Cited", "Citer", "External", "Ref", "cite"]
