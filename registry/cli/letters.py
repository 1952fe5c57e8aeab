"""The letters of a conference as a file."""

from collections.abc import Iterator
from pathlib import Path

import click
from tqdm import tqdm

from registry.access.policy import CONSOLE
from registry.cli.base import Refused, command, register, tell
from registry.cli.conference import conference
from registry.cli.invitations import chosen
from registry.conferences.letters import printing, services
from registry.conferences.letters.merging import documents
from registry.conferences.letters.queries import Which
from registry.core import i18n
from registry.core.db import db

WHICH = [each.value for each in Which if each is not Which.CHOSEN]


@command("letters", conference)
@click.argument("name", metavar="CONFERENCE")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--to", "which", type=click.Choice(WHICH), default=Which.POST.value, help="to whom")
@click.option("--proof", is_flag=True, help="marked as a draft; freezes and sends nothing")
def letters(*, name: str, output: Path, which: str, proof: bool, as_json: bool) -> None:
    """Print the letters of a conference: FILE.pdf, FILE.zip (one PDF for each) or FILE.docx.

    CONFERENCE is its id, or the beginning of its id or title if that is one alone.
    """
    form = output.suffix.lower()
    if form not in (".pdf", ".zip", ".docx"):
        raise Refused("The name of the file has to end in .pdf, .zip or .docx")
    at = i18n.local_now
    with register(), i18n.force_locale("de"):
        found = chosen(name)
        take, uuid = services.proof if proof else services.issue, found.uuid
        post = take(CONSOLE, uuid, services.Wish(which))
        made_of = documents.template(found.region)
        db.session.commit()  # nobody else has to wait until the letters are set
        if form == ".docx":
            post = documents.fitting(post, made_of)
            made = documents.docx(post, made_of, at().date())
        else:
            make = printing.one_each if form == ".zip" else printing.one_file
            made = _counted(make(post, at()), len(post.letters), as_json=as_json)
        output.touch()
        output.chmod(0o600)  # each letter opens an invitation
        output.write_bytes(made)
        if not proof:
            services.printed(CONSOLE, uuid, post, at().date())
    tell(
        as_json,
        f"{len(post.letters)} letters: {output}",
        file=str(output),
        letters=len(post.letters),
    )


def _counted(steps: Iterator[int | bytes], total: int, *, as_json: bool) -> bytes:
    """Return the file at the end; on a terminal it is seen how far it is."""
    made = b""
    with tqdm(total=total, unit="letter", disable=True if as_json else None, leave=False) as bar:
        for step in steps:
            if isinstance(step, bytes):
                made = step
            else:
                bar.update(step - bar.n)
    return made
