"""A dossier as one file that a stranger can verify."""

from fastapi import APIRouter
from fastapi.responses import Response

from web.dossiers.at_hand import DOSSIERS
from web.dossiers.one import DossierHand

router = APIRouter(include_in_schema=False)


@router.get(f"{DOSSIERS}/{{correction_id}}/xuat")
def export_dossier(one: DossierHand) -> Response:
    """For whoever may see the dossier; it holds names, as the paper does."""
    from web.dossiers.exporting import export

    exported = export(one.hand.desk, one.view.correction_id)
    return Response(
        exported.content,
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{exported.name}"'},
    )
