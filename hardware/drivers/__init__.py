"""Thin input/output over the codecs; real bytes on real ports."""
