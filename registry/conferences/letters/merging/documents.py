"""Letters as a document of a word processor."""

from collections.abc import Mapping
from datetime import date

from registry.conferences.letters import content
from registry.conferences.letters.content import Recipient
from registry.conferences.letters.filling import NOTICE
from registry.conferences.letters.merging import example, queries
from registry.conferences.letters.merging.merge import merged
from registry.conferences.letters.merging.templates import Template, opened
from registry.conferences.letters.services import Post
from registry.core import qr


def template(region: str) -> Template:
    """Return what the letters of a region are merged with; a process of its own reads it."""
    own = queries.load_template(region, whole=True)
    return opened(own.content if own else example.docx())


def fitting(post: Post, made_of: Template) -> Post:
    """Return letters without the notice of Art. 14 where a template has no place for it."""
    return post if NOTICE in made_of.names else post.without_notices()


def docx(post: Post, made_of: Template, today: date) -> bytes:
    """Return all letters as one document, in their order."""
    facts = [_facts(post, letter, today) for letter in post.letters]
    coded = {"qr"} & {*made_of.names}
    pictures = [
        {"logo": post.sender.logo, **({"qr": qr.png(letter.link)} if coded and letter.link else {})}
        for letter in post.letters
    ]
    return merged(made_of, facts, pictures)


def _facts(post: Post, letter: Recipient, today: date) -> Mapping[str, str]:
    said = content.body(post.occasion, post.sender, letter)
    return {
        **content.facts(post.occasion, post.sender, letter),
        **content.furniture(post.occasion, post.sender, today),
        "anschrift": "\n".join(letter.fitted.lines),
        "anrede": letter.salutation,
        "text": "\n\n".join(said),
        "antwortadresse": letter.link,
        NOTICE: letter.notice,
    }
