"""Addresses of policies."""

from __future__ import annotations

from django.urls import path

from danban.policies.views import (
    alignment,
    bases,
    dossiers,
    life_rules,
    posting,
    screening,
    stages,
    structure,
    versions,
)

app_name = "policies"

urlpatterns = [
    path("ho-so/", dossiers.dossiers, name="dossiers"),
    path("ho-so/moi/", dossiers.open_dossier, name="open_dossier"),
    path("ho-so/<int:pk>/", dossiers.dossier, name="dossier"),
    path("ho-so/<int:pk>/doi-co-quan/", dossiers.reassign_dossier, name="reassign_dossier"),
    path("ho-so/<int:pk>/sua/", dossiers.edit_dossier, name="edit_dossier"),
    path("ho-so/<int:pk>/tai-len/", versions.upload, name="upload"),
    path("du-thao/<int:pk>/cau-truc/", structure.structure, name="structure"),
    path("du-thao/<int:pk>/dong/<int:line>/", structure.correct_line, name="correct_line"),
    path("du-thao/<int:pk>/dong/<int:line>/goi-y/", structure.accept_suggestion, name="accept_suggestion"),
    path("du-thao/<int:pk>/dong/<int:line>/dung/", structure.dismiss_doubt, name="dismiss_doubt"),
    path("du-thao/<int:pk>/dong/<int:line>/tra-ve/", structure.undo_line, name="undo_line"),
    path("du-thao/<int:pk>/doi-chieu/", alignment.alignment, name="alignment"),
    path("du-thao/<int:pk>/doi-chieu/ghep/", alignment.correct_alignment, name="correct_alignment"),
    path("du-thao/<int:pk>/van-ban-goc/", bases.base_text, name="base_text"),
    path("du-thao/<int:pk>/van-ban-goc/tai-len/", bases.upload_base, name="upload_base"),
    path("du-thao/<int:pk>/van-ban-goc/chon/", bases.choose_base, name="choose_base"),
    path("du-thao/<int:pk>/van-ban-goc/bo/", bases.take_base_off, name="take_base_off"),
    path("du-thao/<int:pk>/van-ban-goc/tep/", bases.base_file, name="base_file"),
    path("du-thao/<int:pk>/trinh/", versions.submit, name="submit"),
    path("du-thao/<int:pk>/duyet/", versions.review, name="review"),
    path("du-thao/<int:pk>/bo/", versions.discard, name="discard"),
    path("du-thao/<int:pk>/tep/", versions.file, name="file"),
    path("sang-loc/", screening.policies, name="policies"),
    path("ho-so/<int:dossier_pk>/chinh-sach-moi/", screening.add_policy, name="add_policy"),
    path("chinh-sach/<int:pk>/", screening.policy, name="policy"),
    path("chinh-sach/<int:pk>/sua/", screening.edit_policy, name="edit_policy"),
    path("chinh-sach/<int:pk>/de-xuat/", screening.propose, name="propose"),
    path("chinh-sach/<int:pk>/ra-soat/", screening.review, name="review_policy"),
    path("tien-trinh/", stages.board, name="board"),
    path("ho-so/<int:pk>/chuyen-buoc/<slug:stage>/", stages.move, name="move"),
    path("quy-dinh-theo-buoc/", life_rules.life_rules, name="life_rules"),
    path("quy-dinh-theo-buoc/co-quan/<int:pk>/chon/", life_rules.consultees, name="consultees"),
    path("quy-dinh-theo-buoc/<slug:table>/<int:pk>/", life_rules.change_rule, name="change_life_rule"),
    path("so-ngay-dang-tai/", posting.posting_rules, name="posting_rules"),
    path("so-ngay-dang-tai/<int:pk>/", posting.confirm_rule, name="confirm_rule"),
]
