"""What does reporting add to the page of a campaign?"""

from django.utils.translation import gettext_lazy as _

from leads import panels
from leads.panels import CAMPAIGN, Panel

panels.register(
    Panel("reporting:campaign", _("Follow-up of the last 12 months"), of=CAMPAIGN, needs="reporting.see_reports")
)
