"""The invented people of a demonstration, as central makes them and the demonstration tells."""

from dataclasses import dataclass

PASSWORD_VARIABLE = "CENTRAL_DEMO_PASSWORD"  # noqa: S105 - a variable's name
"""environment variable by which a demonstration hands its random password to central"""

CODE_VARIABLE = "CENTRAL_DEMO_CODE"
"""environment variable by which it hands central the code that lets its machines in"""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who does not exist.

    Args:
        login: to sign in with.
        name: as shown.
        number: of the clerk.
        role: clerk, supervisor or administrator.
        stars: as the evaluator shows them.
    """

    login: str
    name: str
    number: str
    role: str
    stars: int = 0


DEMO_STAFF = (
    DemoPerson("clerk1", "李晓云", "4201", "clerk", 5),
    DemoPerson("clerk2", "王建国", "4202", "clerk", 4),
    DemoPerson("supervisor", "陈静", "4210", "supervisor"),
    DemoPerson("administrator", "周明", "4220", "administrator"),
)
