"""Which address shows the definition, and which a lead's score?"""

from django.urls import path

from qualification import views

app_name = "qualification"
urlpatterns = [
    path("definition/", views.definition, name="definition"),
    path("definition/<int:version>/signatures/", views.signatures, name="signatures"),
    path("definition/<int:version>/force/", views.force, name="force"),
    path("leads/<int:pk>/score/", views.score, name="score"),
]
