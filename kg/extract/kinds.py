"""Kinds of event types that several readers treat alike.

Takes nothing, gives sets of local names of event classes.
"""

__all__ = ["ARMED", "SPEECH_ACTS"]

SPEECH_ACTS = frozenset(
    {
        "Accusation",
        "ClaimOfResponsibility",
        "Condemnation",
        "Demand",
        "Denial",
        "Promise",
        "Threat",
    }
)
ARMED = frozenset({"Attack", "Clash", "Offensive"})
