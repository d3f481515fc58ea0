"""A company to look at: made by the product's own operations, with people and firms that cannot exist."""

from leadops.demo.cast import LOG_INS, PASSWORD, Cast, assemble
from leadops.demo.walk import HISTORY, walk

__all__ = ["HISTORY", "LOG_INS", "PASSWORD", "Cast", "assemble", "walk"]
