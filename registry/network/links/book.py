"""What one actor says of all its links, while it is being written down.

An actor speaks of its links under a kind and a partner: of directed kinds it says what it does
itself ("referral") and what others do for it ("referral_in").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.actors.models import Actor
from registry.audit.services import Event
from registry.audit.snapshot import differences, snapshot
from registry.network.links.models import Cooperation, Report, Side, Via
from registry.network.state import DIRECTED, Kind

INCOMING = {f"{kind}_in": str(kind) for kind in (Kind.REFERRAL, Kind.FUNDING)}
KINDS = {str(kind) for kind in Kind} | INCOMING.keys()
Partners = Mapping[int, Mapping[str, int]]
Name = tuple[str, int]  # a kind, and the internal id of a partner


@dataclass(frozen=True)
class Origin:
    """Where reports come from."""

    on: date
    via: Via
    round_id: int | None = None


def register_of(region: str, source: Actor, target: Actor) -> str:
    """Return the register that keeps a link: that of both ends, else the one around them."""
    return source.region if source.region == target.region else region


class Book:
    """The links of one actor; what they were is kept until it is known what has changed."""

    def __init__(self, region: str, actor: Actor, links: Iterable[Cooperation]) -> None:
        self._region, self._actor = region, actor
        self._links: dict[Name, list[Cooperation]] = {}
        self._before: dict[Cooperation, dict[str, Any]] = {}
        for link in links:
            self._links.setdefault(self._name(link), []).append(link)

    def put(self, kind: str, partner: Actor, intensity: int, origin: Origin) -> None:
        """Write down that there is such a link; of one that nobody knows, "none" says nothing."""
        there = self._links.get((kind, partner.id), [])
        if intensity == 0 or partner is self._actor:
            self.end(kind, partner.id, origin)
            return
        link = next((each for each in there if self._said(each)), None) or next(iter(there), None)
        self._say(link or self._made(kind, partner), intensity, origin)

    def end(self, kind: str, key: int, origin: Origin) -> None:
        """Write down that there is no such link, wherever somebody says that there is one."""
        for link in self._links.get((kind, key), []):
            self._say(link, 0, origin)

    def spoken(self, kinds: Iterable[str]) -> set[Name]:
        """Return of which links of some kinds the actor has said that they are there."""
        wanted = set(kinds)
        return {
            name
            for name, links in self._links.items()
            if name[0] in wanted
            and any(said.intensity for said in map(self._said, links) if said is not None)
        }

    def changed(self) -> list[Cooperation]:
        """Return the links of which something is said now that was not said before."""
        return [link for link in self._before if self._differences(link)]

    def events(self) -> list[Event]:
        """Return what the log says of them."""
        return [
            Event(
                "cooperation.updated" if self._before[link] else "cooperation.created",
                link,
                self._differences(link),
            )
            for link in self.changed()
        ]

    def _differences(self, link: Cooperation) -> dict[str, list[Any]]:
        return differences(self._before[link], snapshot(link))

    def _name(self, link: Cooperation) -> Name:
        if link.source_id == self._actor.id:
            return link.kind, link.target_id
        return (f"{link.kind}_in" if link.kind in DIRECTED else link.kind), link.source_id

    def _side(self, link: Cooperation) -> Side:
        return Side.SOURCE if link.source is self._actor else Side.TARGET

    def _said(self, link: Cooperation) -> Report | None:
        return link.report(self._side(link))

    def _made(self, kind: str, partner: Actor) -> Cooperation:
        ends = (partner, self._actor) if kind in INCOMING else (self._actor, partner)
        link = Cooperation(
            region=register_of(self._region, *ends),
            kind=INCOMING.get(kind, kind),
            source=ends[0],
            target=ends[1],
            example=any(end.example for end in ends),
        )
        self._before[link] = {}
        return link

    def _say(self, link: Cooperation, intensity: int, origin: Origin) -> None:
        if link not in self._before:
            self._before[link] = snapshot(link)
        said = self._said(link)
        if said is None:
            said = Report(side=self._side(link))
            link.reports.append(said)
        if not intensity or (said.valid_to or origin.on) < origin.on:
            said.valid_from = said.valid_to = None
        said.intensity, said.reported_on, said.said_by = intensity, origin.on, None
        said.via, said.round_id = origin.via, origin.round_id
