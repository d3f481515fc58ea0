"""Which address shows which report."""

from django.urls import path

from reporting import campaign_panel, views

app_name = "reporting"

urlpatterns = [
    path("reports/black-hole/", views.black_hole, name="black-hole"),
    path("reports/black-hole/leads/", views.black_hole_leads, name="black-hole-leads"),
    path("reports/black-hole/why/", views.black_hole_why, name="black-hole-why"),
    path("reports/black-hole/excel/", views.black_hole_excel, name="black-hole-excel"),
    path("campaigns/<int:pk>/follow-up/", campaign_panel.campaign_panel, name="campaign"),
    path("reports/follow-up/", views.follow_up, name="follow-up"),
    path("reports/follow-up/excel/", views.follow_up_excel, name="follow-up-excel"),
]
