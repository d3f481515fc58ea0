"""Which address shows leads, contacts and imports?"""

from django.urls import path

from leads.views import contacts, imports, leads

app_name = "leads"
urlpatterns = [
    path("leads/", leads.lead_list, name="list"),
    path("leads/<int:pk>/", leads.lead_detail, name="detail"),
    path("contacts/<int:pk>/", contacts.contact_detail, name="contact"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/new/", imports.import_new, name="import-new"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/columns/", imports.import_columns_page, name="import-columns"),
    path("imports/<int:pk>/sheet/", imports.import_sheet, name="import-sheet"),
    path("imports/<int:pk>/run/", imports.import_run, name="import-run"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<int:pk>/errors/", imports.import_errors, name="import-errors"),
]
