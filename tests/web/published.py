"""A school that has said what it is called, without which nothing of it is published."""

from uuid import uuid4

from ledger.school.commands import DescribeSchool
from ledger.vocabulary import CommandId
from tests.browser.stage import Stage
from tests.school import CLOCKWORK
from tests.staff import SUMMER


def describe(stage: Stage) -> None:
    """Say what the school is called, as the system does when it is set up."""
    stage.desk.handle(
        DescribeSchool(
            command_id=CommandId(uuid4()),
            by=CLOCKWORK.author,
            at=stage.clock(),
            since=SUMMER,
            school_name="Trường THCS Hoa Phượng",
            governing_body="Ủy ban nhân dân phường Hoa Phượng",
            department="Sở Giáo dục và Đào tạo Hà Nội",
            school_code="HN-0501",
            place="Hà Nội",
        )
    )
