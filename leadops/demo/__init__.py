"""A company to look at: made by the product's own operations, with people and firms that cannot exist."""

from leadops.demo.cast import LOG_INS, PASSWORD
from leadops.demo.walk import tell

__all__ = ["LOG_INS", "PASSWORD", "tell"]
