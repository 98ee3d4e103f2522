"""Tests of kg/show/cut.py."""

from __future__ import annotations

from kg.show.cut import cut
from kg.show.picture import Edge, Node, Picture


def star(rays: int) -> Picture:
    """Give a picture of a hub that many events tie to as many entities."""
    nodes = [Node(iri="hub", kind="entity", type="State", label="hub")]
    edges = []
    for ray in range(rays):
        nodes.append(Node(iri=f"x{ray}", kind="entity", type="Place", label=f"x{ray}"))
        nodes.append(Node(iri=f"e{ray}", kind="event", type="Attack", label=f"e{ray}"))
        for end in ("hub", f"x{ray}"):
            edges.append(
                Edge(
                    id=f"{end}-{ray}", origin=end, goal=f"e{ray}", type="agent", label="agent",
                    view="events",
                )
            )  # fmt: skip
    return Picture(nodes=tuple(nodes), edges=tuple(edges))


def test_a_small_picture_stays_as_it_is() -> None:
    """Nothing is cut from what fits."""
    picture = star(5)
    assert cut(picture, most=11) is picture


def test_the_most_connected_entity_stays_with_its_events() -> None:
    """A large picture keeps its hub and never more than the nodes allowed."""
    found = cut(star(50), most=20)
    names = {node.iri for node in found.nodes}
    assert len(names) == 20
    assert "hub" in names
    assert all({edge.origin, edge.goal} <= names for edge in found.edges)


def test_the_surroundings_of_a_focus_stay() -> None:
    """With a focus at the end of a ray, the way to the hub is kept first."""
    found = cut(star(50), most=3, focus="x7")
    assert {node.iri for node in found.nodes} == {"x7", "e7", "hub"}
