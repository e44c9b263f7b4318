"""Halls, their services, and what a machine reads of them."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Prefix, ShortText


class Hall(Model):
    """One acceptance point."""

    hall_id: Id
    names: dict[str, ShortText]
    """by locale: zh_CN, en, zh_Hant"""
    opens: ShortText = ""
    """opening hours as text, for ticket and screen"""
    address: dict[str, ShortText] = Field(default_factory=dict)
    """by locale; empty where the catalogue has none"""


class Service(Model):
    """Something a citizen queues for."""

    service_id: Id
    prefix: Prefix
    names: dict[str, ShortText]
    windows: tuple[ShortText, ...]
    minutes_per_visit: Annotated[int, Field(ge=1, le=240)]
    order: int
    """services of one ticket are visited in this order"""


class Catalogue(Model):
    """What a hall offers; machines keep the last one they saw."""

    version: ShortText
    hall: Hall
    services: tuple[Service, ...]
    server_time: AwareDatetime
    business_day: date


class Health(Model):
    """Central answers and reaches its database."""

    status: ShortText
    database: ShortText
    server_time: AwareDatetime
