"""What does handoff add to a lead's page?"""

from django.utils.translation import gettext_lazy as _

from leads import panels
from leads.panels import Panel

panels.register(
    Panel("handoff:story", _("What happened"), is_main=True),
    Panel("qualification:score", _("Score")),
    Panel("handoff:of-lead", _("With sales")),
)
