"""States of networks in few words, without a database."""

from datetime import date

from registry.network.state import Kind, Link, Node, Said, State

DAY = date(2026, 11, 2)


def said(intensity: int = 2, **facts: object) -> Said:
    return Said(intensity, DAY, **facts)  # type: ignore[arg-type]


def state(
    pairs: str,
    *,
    kind: Kind = Kind.EXCHANGE,
    alone: str = "",
    silent: str = "",
    both: bool = True,
) -> State:
    """Return a network of actors named by letters: "ab bc" links a with b and b with c.

    Everybody was asked; the `silent` have not answered. With `both` each side reports each link.
    """
    names = sorted({*pairs.replace(" ", ""), *alone, *silent})
    keys = {name: number for number, name in enumerate(names, 1)}
    nodes = {
        number: Node(number, name, name, asked=True, answered=name not in silent)
        for name, number in keys.items()
    }
    links = (
        Link(pair, kind, keys[pair[0]], keys[pair[1]], said(), said() if both else None)
        for pair in pairs.split()
    )
    return State("09576", DAY, nodes, tuple(links))
