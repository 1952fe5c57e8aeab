"""Backups as earlier versions of the program wrote them."""

import gzip
import json
from pathlib import Path
from typing import Any
from uuid import UUID

Table = tuple[dict[str, str], list[str], list[str], list[list[Any]]]
MOMENT = "2026-01-02T03:04:05+00:00"
LABELS = {"de": {"body": "Sport", "version": 1}, "en": {"body": "Sports", "version": 1}}
TEXT = dict.fromkeys(("folded", "folded_title"), "text")


def _uuid(number: int) -> str:
    return str(UUID(int=number))


# By name: kinds of the columns, primary key, references into the same table, rows.
TABLES: dict[str, Table] = {
    "region": (
        dict.fromkeys(("ags", "name", "kind"), "text"),
        ["ags"],
        [],
        [["09576", "Landkreis Roth", "district"]],
    ),
    "sign_in_failure": (
        {"id": "integer", "key": "text", "at": "moment"},
        ["id"],
        [],
        [[1, "somebody", MOMENT]],
    ),
    "term": (
        {
            "id": "integer", "uuid": "uuid", "scheme": "text", "key": "text", "position": "integer",
            "labels": "json", "hints": "json", "synonyms": "json", "framework": "boolean",
            "valid_to": "date", **TEXT,
        },
        ["id"],
        [],
        [[7, _uuid(7), "category", "sports", 0, LABELS, {}, {}, True, "2030-12-31", "sport", ""]],
    ),
    "user": (
        {
            "id": "integer", "uuid": "uuid", "email": "text", "password_hash": "text",
            "session_key": "text", "active": "boolean", "created_at": "moment",
        },
        ["id"],
        [],
        [[3, _uuid(3), "amal@example.org", "x", "y", True, MOMENT]],
    ),
    "actor": (
        {
            "id": "integer", "uuid": "uuid", "region": "text", "status": "text",
            "example": "boolean", "name": "text", "description": "json", "category_id": "integer",
            "parent_id": "integer", "tier": "text", "engagement": "text", "version": "integer",
            "created_at": "moment", "updated_at": "moment", **TEXT,
        },
        ["id"],
        ["parent_id"],
        [
            [number, _uuid(number), "09576", "published", False, name, {}, 7, parent, "none",
             "professional", 4, MOMENT, MOMENT, name.lower(), name.lower()]
            for number, name, parent in ((1, "Verein", 2), (2, "Verband", None))
        ],
    ),
    "register": ({"id": "integer", "ags": "text"}, ["id"], [], [[1, "09576"]]),
    "user_grant": (
        {"id": "integer", "user_id": "integer", "role": "text", "region": "text"},
        ["id"],
        [],
        [[1, 3, "editor", "09576"]],
    ),
    "actor_area": ({"actor_id": "integer", "ags": "text"}, ["actor_id", "ags"], [], [[1, "09576"]]),
}  # fmt: skip
VERSION: dict[str, Table] = {
    "data_version": (
        {"id": "integer", "number": "integer", "token": "text"},
        ["id"],
        [],
        [[1, 12, "0" * 32]],
    ),
}


def old_backup(path: Path, revision: str) -> Path:
    """Write a small register as a backup of one of the first two revisions."""
    tables = TABLES if revision == "0001" else {**VERSION, **TABLES}
    head = {
        "format": 1,
        "revision": revision,
        "made_at": MOMENT,
        "tables": [
            {"name": name, "columns": columns, "key": key, "own": own, "rows": len(rows)}
            for name, (columns, key, own, rows) in tables.items()
        ],
    }
    rows = [row for *_described, rows in tables.values() for row in rows]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, [head, *rows])).encode()))
    return path
