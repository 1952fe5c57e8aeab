"""Indexes by which the work desk counts, and the history of an entry is found"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Table, what the index was, and what it is now: its name and its columns.
CHANGED = [
    (
        "offer",
        ("ix_offer_status_valid_to", ["status", "valid_to"]),
        ("ix_offer_due", ["status", "valid_to", "last_confirmed", "created_at", "actor_id"]),
    ),
    (
        "actor",
        ("ix_actor_region_status", ["region", "status"]),
        ("ix_actor_due", ["region", "status", "last_confirmed", "created_at"]),
    ),
    (
        "offer_run",
        ("ix_offer_run_offer_id", ["offer_id"]),
        ("ix_offer_run_offer_id_starts_on", ["offer_id", "starts_on"]),
    ),
    (
        "audit_entry",
        ("ix_audit_entry_subject", ["subject_type", "subject_id"]),
        ("ix_audit_entry_subject_id", ["subject_id"]),
    ),
]


def upgrade() -> None:
    for table, (before, _columns), (name, columns) in CHANGED:
        op.drop_index(before, table_name=table)
        op.create_index(name, table, columns)


def downgrade() -> None:
    for table, (before, columns), (name, _columns) in reversed(CHANGED):
        op.drop_index(name, table_name=table)
        op.create_index(before, table, columns)
