"""Which address shows leads, contacts and imports?"""

from django.urls import path

from leads.views import campaigns, contacts, duplicates, import_undoing, imports, leads, public

app_name = "leads"
urlpatterns = [
    path("leads/", leads.lead_list, name="list"),
    path("leads/<int:pk>/", leads.lead_detail, name="detail"),
    path("contacts/<int:pk>/", contacts.contact_detail, name="contact"),
    path("contacts/<int:pk>/duplicates/", duplicates.contact_duplicates, name="contact-duplicates"),
    path("campaigns/", campaigns.campaign_list, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign-new"),
    path("campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign"),
    path("campaigns/<int:pk>/edit/", campaigns.campaign_edit, name="campaign-edit"),
    path("campaigns/<int:pk>/costs/", campaigns.campaign_costs, name="campaign-costs"),
    path("campaigns/<int:pk>/costs/<int:cost>/voids/", campaigns.campaign_cost_void, name="campaign-cost-void"),
    path("campaigns/<int:pk>/agreement/", campaigns.campaign_agreement, name="campaign-agreement"),
    path("f/<str:key>/", public.public_form, name="public-form"),
    path("f/<str:key>/thanks/", public.public_thanks, name="public-thanks"),
    path("f/confirm/<str:signed>/", public.public_confirm, name="public-confirm"),
    path("f/withdraw/<str:signed>/", public.public_withdraw, name="public-withdraw"),
    path("duplicates/", duplicates.duplicate_list, name="duplicates"),
    path("duplicates/scans/", duplicates.duplicate_scans, name="duplicate-scans"),
    path("duplicates/<int:pk>/", duplicates.duplicate_detail, name="duplicate"),
    path("duplicates/<int:pk>/decision/", duplicates.duplicate_decision, name="duplicate-decision"),
    path("merges/<int:pk>/undoing/", duplicates.merge_undoing, name="merge-undoing"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/new/", imports.import_new, name="import-new"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/columns/", imports.import_columns_page, name="import-columns"),
    path("imports/<int:pk>/sheet/", imports.import_sheet, name="import-sheet"),
    path("imports/<int:pk>/run/", imports.import_run, name="import-run"),
    path("imports/<int:pk>/undoing/", import_undoing.import_undoing, name="import-undoing"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<int:pk>/errors/", imports.import_errors, name="import-errors"),
]
