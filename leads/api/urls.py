"""Which addresses of the API take and tell of leads?"""

from django.urls import path

from leads.api import calls, duplicates, enquiries, holding, hooks, imports, records, stand

urlpatterns = [
    path("leads/", enquiries.Leads.as_view(), name="leads"),
    path("leads/batch/", enquiries.Batch.as_view(), name="leads-batch"),
    path("leads/<int:pk>/", records.LeadOne.as_view(), name="lead"),
    path("receipts/<int:pk>/", enquiries.ReceiptOne.as_view(), name="receipt"),
    path("hooks/<str:key>/", hooks.receive, name="hook"),
    path("stand/entries/", stand.receive, name="stand-entries"),
    path("contacts/", records.Contacts.as_view(), name="contacts"),
    path("contacts/<int:pk>/", records.ContactOne.as_view(), name="contact"),
    path("campaigns/", records.Campaigns.as_view(), name="campaigns"),
    path("campaigns/<int:pk>/", records.CampaignOne.as_view(), name="campaign"),
    path("call-lists/", calls.CallLists.as_view(), name="call-lists"),
    path("call-lists/<int:pk>/next/", calls.NextCall.as_view(), name="call-next"),
    path("call-lists/<int:pk>/calls/", calls.Calls.as_view(), name="calls"),
    path("duplicates/", duplicates.Duplicates.as_view(), name="duplicates"),
    path("duplicates/<int:pk>/decision/", duplicates.Decided.as_view(), name="duplicate-decision"),
    path("imports/", imports.Imports.as_view(), name="imports"),
    path("imports/<int:pk>/", imports.ImportOne.as_view(), name="import"),
    path("imports/<int:pk>/cancellation/", holding.Cancellation.as_view(), name="import-cancellation"),
    path("imports/<int:pk>/pause/", holding.Pause.as_view(), name="import-pause"),
    path("imports/<int:pk>/resumption/", holding.Resumption.as_view(), name="import-resumption"),
]
