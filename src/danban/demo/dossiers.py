"""The demo's dossiers: what each draft is, in four plain lines, and the files of its versions.

The fifth plain line, the deadline, is the comment window's and is never written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from danban.policies.states import DocumentType, DossierRole, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSeed:
    """One dossier; ``agency`` and ``issuing_body`` are codes of ``province.AGENCIES``.

    ``versions`` are text files in ``drafts/``, oldest first, from which ``docx.build_docx`` makes
    the file an officer uploads; ``base`` is the text in force that they amend, with its name.
    """

    slug: str
    title: str
    document_type: DocumentType
    role: DossierRole = DossierRole.DRAFTS
    field: Field
    agency: str
    issuing_body: str
    about: str
    affected: str
    changes: str
    question: str
    versions: tuple[str, ...]
    base: tuple[str, str] | None = None


def draft_text(name: str) -> str:
    """The text of a draft in ``drafts/``."""
    return (files("danban.demo") / "drafts" / name).read_text(encoding="utf-8")


WASTE = DossierSeed(
    slug="phan-loai-thu-gom-rac-sinh-hoat",
    title=(
        "Quyết định ban hành Quy định về phân loại, thu gom, vận chuyển chất thải rắn sinh hoạt và giá "
        "dịch vụ thu gom, vận chuyển chất thải rắn sinh hoạt trên địa bàn tỉnh Sông Mây"
    ),
    document_type=DocumentType.PROVINCIAL_DECISION,
    field=Field.ENVIRONMENT,
    agency="so-nnmt",
    issuing_body="ubnd-tinh",
    about="Đặt ra cách phân loại rác ở nhà, giờ đổ rác và tiền rác hằng tháng, chung cho cả tỉnh.",
    affected=(
        "Mọi hộ gia đình, người thuê trọ, hàng quán, chợ, người bán hàng rong, cơ quan, doanh nghiệp; "
        "những người làm nghề thu gom rác và thu mua phế liệu."
    ),
    changes=(
        "Rác chia làm ba loại, không gom chung như trước. Hai mức tiền rác của hai tỉnh cũ thay bằng một "
        "biểu giá. Xe tự lắp ráp không được chở rác. Có giờ thu gom và lịch công khai cho từng nơi."
    ),
    question=(
        "Giờ thu gom có hợp với nếp sinh hoạt của nhà mình không? Mức tiền rác đã phải chăng chưa, ai cần "
        "được miễn, giảm? Nên bắt buộc dùng túi theo mẫu và nêu tên hộ vi phạm hay không?"
    ),
    versions=("quyet-dinh-v1.txt", "quyet-dinh-v2.txt"),
)

SCHOOL_MEALS = DossierSeed(
    slug="ho-tro-bua-an-ban-tru",
    title=(
        "Nghị quyết quy định chính sách hỗ trợ bữa ăn bán trú cho trẻ em mẫu giáo và học sinh tiểu học "
        "trên địa bàn tỉnh Sông Mây"
    ),
    document_type=DocumentType.PROVINCIAL_RESOLUTION,
    field=Field.EDUCATION,
    agency="so-gddt",
    issuing_body="hdnd-tinh",
    about="Tỉnh góp tiền cho bữa trưa ở trường của trẻ mẫu giáo và học sinh tiểu học.",
    affected="Trẻ em, học sinh ăn trưa tại trường; cha mẹ; trường học; người nấu ăn và nơi bán thực phẩm.",
    changes=(
        "Mỗi bữa được hỗ trợ 9.000 hoặc 18.000 đồng tùy hoàn cảnh. Con công nhân lần đầu được hỗ trợ. "
        "Cha mẹ chỉ đăng ký một lần, không nộp giấy tờ đã có trong cơ sở dữ liệu."
    ),
    question=(
        "Mức hỗ trợ có đủ để bữa ăn tốt hơn không? Còn nhóm trẻ nào khó khăn mà dự thảo bỏ sót? "
        "Cha mẹ muốn kiểm tra bếp ăn bằng cách nào?"
    ),
    versions=("bua-an-ban-tru.txt",),
)

PAVEMENTS = DossierSeed(
    slug="su-dung-tam-via-he",
    title=(
        "Quyết định quy định việc sử dụng tạm thời lòng đường, vỉa hè vào mục đích khác tại các phường "
        "trên địa bàn tỉnh Sông Mây"
    ),
    document_type=DocumentType.PROVINCIAL_DECISION,
    field=Field.TRANSPORT,
    agency="so-xay-dung",
    issuing_body="ubnd-tinh",
    about="Quy định khi nào được dùng tạm vỉa hè, lòng đường để bán hàng, trông xe, cưới hỏi, tang lễ.",
    affected="Người đi bộ, người bán hàng ăn uống, nhà mặt phố, nơi trông giữ xe và các hộ ở phường.",
    changes=(
        "Luôn chừa 1,5 mét cho người đi bộ. Bán hàng ăn uống theo giờ ở tuyến phố được công bố. "
        "Dựng rạp cưới, tang chỉ cần báo, không phải xin phép và không mất phí."
    ),
    question="Khung giờ bán hàng có hợp lý không? Phố nào nên, phố nào không nên cho bán?",
    versions=("via-he.txt",),
)

WASTE_SUPPORT = DossierSeed(
    slug="ho-tro-tien-rac",
    title=(
        "Nghị quyết quy định mức hỗ trợ tiền dịch vụ thu gom, vận chuyển chất thải rắn sinh hoạt cho một "
        "số hộ gia đình trên địa bàn tỉnh Sông Mây"
    ),
    document_type=DocumentType.PROVINCIAL_RESOLUTION,
    field=Field.SOCIAL,
    agency="so-nnmt",
    issuing_body="hdnd-tinh",
    about="Ngân sách trả thay tiền rác cho hộ nghèo và trả một phần cho một số hộ khó khăn.",
    affected=(
        "Hộ nghèo, hộ cận nghèo, hộ có người khuyết tật đặc biệt nặng, người cao tuổi sống một mình "
        "hưởng trợ cấp xã hội."
    ),
    changes="Hỗ trợ 50%, 70% hoặc 100% tiền rác; trừ thẳng vào tiền phải trả, không phải làm đơn.",
    question="Còn ai thật sự khó khăn mà chưa có trong danh sách? Chia kinh phí tỉnh và xã đã hợp lý chưa?",
    versions=("ho-tro-tien-rac.txt",),
)

HOUSE_NUMBERS = DossierSeed(
    slug="danh-so-gan-bien-so-nha",
    title=(
        "Quyết định sửa đổi, bổ sung một số điều của Quyết định số 31/2022/QĐ-UBND quy định việc đánh số "
        "và gắn biển số nhà trên địa bàn tỉnh Sông Mây"
    ),
    document_type=DocumentType.PROVINCIAL_DECISION,
    field=Field.TRANSPORT,
    agency="so-xay-dung",
    issuing_body="ubnd-tinh",
    about="Sửa quy định năm 2022 về số nhà: xã cấp thay huyện, biển mới có mã QR, thôn cũng được đánh số.",
    affected="Chủ nhà, nhất là ở thôn chưa có tên đường; người giao hàng, xe cấp cứu, xe chữa cháy.",
    changes=(
        "Không phải nộp bản sao giấy tờ đất. Có số nhà sau 05 ngày làm việc, trước là 15 ngày. "
        "Ngân sách trả tiền biển lần đầu."
    ),
    question="Đánh số theo cụm dân cư ở thôn có dễ tìm không? Mã QR trên biển nên ghi những gì?",
    versions=("so-nha-sua-doi.txt", "so-nha-sua-doi-2.txt"),
    base=("so-nha-2022.txt", "Quyết định số 31/2022/QĐ-UBND"),
)

DOSSIERS = (WASTE, SCHOOL_MEALS, PAVEMENTS, WASTE_SUPPORT)
