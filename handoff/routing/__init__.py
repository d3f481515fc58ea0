"""Who takes a lead: dealt out by the rules, taken from a pool, handed over, reassigned, given back."""

from handoff.routing.assigning import Assigned, assign
from handoff.routing.handing_over import claim, give_back, reassign, release, spread, transfer

__all__ = ["Assigned", "assign", "claim", "give_back", "reassign", "release", "spread", "transfer"]
