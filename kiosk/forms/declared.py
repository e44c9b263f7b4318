"""All fields and pages of the one form, in the order a person thinks."""

from kiosk.forms import contact_fields, document_fields, person_fields

FIELDS = (*person_fields.FIELDS, *document_fields.FIELDS, *contact_fields.FIELDS)
"""an answer may depend on fields that stand before its own, never behind"""

PAGES = (*person_fields.PAGES, *document_fields.PAGES, *contact_fields.PAGES)

BY_KEY = {spec.key: spec for spec in FIELDS}

PAGE_OF = {key: page.key for page in PAGES for key in page.fields}

FORM_EDITION = "1"
"""goes up with every change of fields or bindings"""
