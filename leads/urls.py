"""Which address shows leads and contacts?"""

from django.urls import path

from leads.views import contacts, leads

app_name = "leads"
urlpatterns = [
    path("leads/", leads.lead_list, name="list"),
    path("leads/<int:pk>/", leads.lead_detail, name="detail"),
    path("contacts/<int:pk>/", contacts.contact_detail, name="contact"),
]
