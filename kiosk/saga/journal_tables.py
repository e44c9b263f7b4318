"""The tables of the journal's file, and of the files that its archive is made of."""

from kiosk.storage import Migration

COLUMNS = ("seq", "saga", "step", "phase", "key", "facts", "sealed", "at", "chain")
ROWS = """CREATE TABLE journal(
    seq INTEGER PRIMARY KEY,
    saga TEXT NOT NULL,
    step TEXT NOT NULL,
    phase TEXT NOT NULL,
    key TEXT NOT NULL,
    facts TEXT NOT NULL,
    sealed BLOB,
    at TEXT NOT NULL,
    chain TEXT NOT NULL)"""
KEEPS = """CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
    BEGIN SELECT raise(ABORT, 'the journal is append only'); END"""
STAYS = """CREATE TRIGGER journal_stays BEFORE DELETE ON journal
    BEGIN SELECT raise(ABORT, 'the journal is append only'); END"""
ARCHIVED = "archived"
"""Note: the last row that stands in the archive, as number and hash."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        "CREATE TABLE notes(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        ROWS,
        KEEPS,
        STAYS,
        """CREATE TABLE data_keys(
            seq INTEGER PRIMARY KEY REFERENCES journal(seq),
            saga TEXT NOT NULL,
            data_key BLOB NOT NULL)""",
        "CREATE INDEX data_keys_by_saga ON data_keys(saga)",
        "CREATE TABLE live(saga TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID",
    ),
    # What the archive holds may go; everything else stays.
    (
        "DROP TRIGGER journal_stays",
        """CREATE TRIGGER journal_stays BEFORE DELETE ON journal
            WHEN OLD.seq > coalesce(
                (SELECT CAST(value AS INTEGER) FROM notes WHERE name = 'archived'), 0)
            BEGIN SELECT raise(ABORT, 'the journal is append only'); END""",
    ),
)
"""`data_keys` and `live` follow from the journal: keys go when a transaction is closed, which
shreds what they sealed wherever copies of it may lie; `live` names those that are not closed, and
where their first row stands. No index over `saga`: it would be written with every row, and the live
ones are few and young."""
