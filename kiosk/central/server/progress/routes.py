"""What machines read of how far applications are."""

from fastapi import Request

from kiosk.central import contract
from kiosk.central.contract import Id
from kiosk.central.server.desk import read, reading, writing
from kiosk.central.server.progress import papers

reads = reading()
writes = writing()


@reads.get("/applications/{application_id}")
async def application(http: Request, application_id: Id) -> contract.ApplicationStatus:
    """How far an application is; nothing personal."""
    return await read(http, lambda tx, office: papers.status(tx, office, application_id))


@writes.post("/applications/of-holder")
async def of_holder(
    http: Request, asked: contract.HolderApplicationsIn
) -> contract.HolderApplications:
    """A card holder's applications; changes none of them, so it needs no key."""
    return await read(http, lambda tx, office: papers.of_holder(tx, office, asked))
