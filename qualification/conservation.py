"""Do scores add up, and did both sides sign what leads were promoted under?"""

from __future__ import annotations

from datetime import datetime

from leads.conservation import check, check_rows
from qualification.definition import digest
from qualification.models import Signature

check_rows(
    "every score is the sum of its addends",
    """SELECT 1 FROM leads_leadscore s
       WHERE s.score <> (SELECT sum(points) FROM unnest(s.addends) points) OR s.score <> s.fit + s.engagement""",
)
check_rows(
    "every score has its definition",
    """SELECT 1 FROM leads_leadscore s LEFT JOIN qualification_definition d ON d.version = s.definition_version
       WHERE d.id IS NULL OR s.meets AND s.score < d.threshold""",
)
check_rows(
    "both sides signed every promotion's definition",
    """SELECT 1 FROM leads_promotion p WHERE NOT p.is_imported AND NOT EXISTS (
           SELECT 1 FROM qualification_definition d JOIN qualification_signature s ON s.definition_id = d.id
           WHERE d.version = p.definition_version AND d.in_force_at <= p.recorded_at
           GROUP BY d.id HAVING count(DISTINCT s.side) = 2 AND count(DISTINCT s.by_id) = 2)""",
)


@check("every signature fits the text that was signed")
def unfitting_signatures(at: datetime) -> int:
    """Signatures whose digest is not that of the stored text."""
    signatures = Signature.objects.select_related("definition")
    return sum(signature.digest != digest(signature.definition.canonical) for signature in signatures)
