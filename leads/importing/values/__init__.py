"""What does a cell of a file mean: a date, a number, yes or no, a country, a language, a channel, a legal form, or nothing?"""

from leads.importing.values.answers import is_blank, parse_bool
from leads.importing.values.channels import channel
from leads.importing.values.dates import detect_date_order, parse_date, parse_moment
from leads.importing.values.legal_forms import legal_form
from leads.importing.values.numbers import detect_decimal_mark, parse_employees, parse_number
from leads.importing.values.parsed import Parsed
from leads.importing.values.places import country, language

__all__ = [
    "Parsed",
    "channel",
    "country",
    "detect_date_order",
    "detect_decimal_mark",
    "is_blank",
    "language",
    "legal_form",
    "parse_bool",
    "parse_date",
    "parse_employees",
    "parse_moment",
    "parse_number",
]
