"""Which leads? The one small language that criteria, rules, policies, lists and views ask it in.

A condition is a JSON tree: `{"all": [...]}`, `{"any": [...]}`, `{"not": ...}` and leaves `{"field", "operator", "value"}`.
A leaf over what a person did counts engagements: `{"field": "engagements", "kind": "attended", "within_days": 30,
"operator": "at_least", "value": 1}`.
"""

from leads.conditions.compiling import compile_condition, compile_engagements, standing_engagements
from leads.conditions.fields import ATTRIBUTES, ENGAGEMENTS, Field, Kind, all_fields, field_of, register
from leads.conditions.operators import OPERATORS, Operator, Takes
from leads.conditions.validating import DEEPEST, Fault, InvalidCondition, leaves, reads_time, validate
from leads.conditions.wording import describe, in_words

LANGUAGE_VERSION = 1

__all__ = [
    "ATTRIBUTES",
    "DEEPEST",
    "ENGAGEMENTS",
    "LANGUAGE_VERSION",
    "OPERATORS",
    "Fault",
    "Field",
    "InvalidCondition",
    "Kind",
    "Operator",
    "Takes",
    "all_fields",
    "compile_condition",
    "compile_engagements",
    "describe",
    "field_of",
    "in_words",
    "leaves",
    "reads_time",
    "register",
    "standing_engagements",
    "validate",
]
