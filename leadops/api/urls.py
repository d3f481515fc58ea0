"""Which addresses of the API belong to no app: the schema, the page that shows it, and whatever is not there."""

from django.urls import path, re_path

from leadops.api import documents

urlpatterns = [
    path("", documents.docs, name="api-docs"),
    path("docs/", documents.docs),
    path("schema/", documents.schema, name="api-schema"),
    re_path(r"^(?P<rest>.*)$", documents.nothing),
]
