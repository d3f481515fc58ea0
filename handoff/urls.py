"""Which address shows a rep's queue and a handoff, and which takes what is done with it?"""

from django.urls import path

from handoff.views import handoffs, queue

app_name = "handoff"
urlpatterns = [
    path("queue/", queue.queue_page, name="queue"),
    path("queue/<int:pk>/", queue.queue_lead, name="queue-lead"),
    path("queue/<int:pk>/lead/", queue.queue_lead_part, name="queue-lead-part"),
    path("handoffs/reassignments/", handoffs.reassignments, name="reassignments"),
    path("handoffs/<int:pk>/", handoffs.detail, name="detail"),
    path("handoffs/<int:pk>/acceptance/", handoffs.accept, name="acceptance"),
    path("handoffs/<int:pk>/rejection/", handoffs.reject, name="rejection"),
    path("handoffs/<int:pk>/transfer/", handoffs.transfer, name="transfer"),
    path("handoffs/<int:pk>/follow-ups/", handoffs.follow_ups, name="follow-ups"),
    path("leads/<int:pk>/follow-ups/", handoffs.follow_ups_of_lead, name="follow-ups-of-lead"),
    path("leads/<int:pk>/claim/", handoffs.claim, name="claim"),
    path("leads/<int:pk>/story/", handoffs.story, name="story"),
    path("leads/<int:pk>/handoffs/", handoffs.of_lead, name="of-lead"),
]
