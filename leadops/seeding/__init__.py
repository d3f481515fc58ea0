"""A synthetic base of any size, that keeps all laws: for trials and measurements, never for people."""

from leadops.seeding.company import Cast, hire
from leadops.seeding.loading import load

__all__ = ["Cast", "hire", "load"]
