"""A dossier that left a school, taken apart so that somebody can tamper with its parts."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from ledger.dossiers.facts import Revision
from ledger.proving import LineProof
from ledger.trust.note import SigningKey
from ledger.trust.policy import Policy
from ledger.vocabulary import CorrectionId
from tests.browser.stage import MATHS, PUPILS, copied_stage
from tests.school import numbered_id
from tests.web.filed import correct
from tests.web.published import describe
from tests.web.real_dossier import DOSSIER, file_one
from web.dossiers.exporting import export
from web.proofs import proof_of, proofs_together

OTHER = CorrectionId(numbered_id(8502))
Files = dict[str, bytes]


@dataclass(frozen=True)
class Left:
    """What left the school, and what somebody who tampers with it may have besides.

    `school` is the folder of the school as it stood then.
    `foreign` is the proof of a line of another correction, under the same checkpoint; `earlier`
    that of the dossier's first line, under a checkpoint before.
    """

    school: Path
    content: bytes
    log: SigningKey
    foreign: LineProof
    earlier: LineProof
    revisions: tuple[Revision, ...]

    @property
    def policy(self) -> Policy:
        """What a stranger believes who has the log's key from elsewhere."""
        return Policy(logs={self.log.verifier: None})

    @property
    def files(self) -> Files:
        return _unpacked(self.content)


def let_one_leave(built: Path, folder: Path) -> Left:
    """File a dossier in a copy of a school where another mark was corrected before."""
    with copied_stage(built, folder) as stage:
        desk = stage.desk
        describe(stage)
        correct(stage, OTHER, PUPILS[1], "regular-2")
        of_other = desk.history.of_cell(MATHS, PUPILS[1], "regular-2")[-1].position
        dossier = file_one(stage)
        left = export(desk, DOSSIER)
        first = min(int(name[7:15]) for name in _unpacked(left.content) if name.endswith(".entry"))
        (foreign, _) = proofs_together(desk, [of_other, desk.ledger.recorder.head().position])
        return Left(
            school=folder,
            content=left.content,
            log=desk.keys.log_keys()[-1],
            foreign=foreign,
            earlier=proof_of(desk, first),
            revisions=dossier.revisions,
        )


def packed(files: Files) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _unpacked(content: bytes) -> Files:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
