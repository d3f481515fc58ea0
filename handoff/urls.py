"""Which address shows a rep's queue and a handoff, and which takes what is done with it?"""

from django.urls import path

from handoff.views import business, handoffs, new_lead, panels, passing_on, queue

app_name = "handoff"
urlpatterns = [
    path("queue/", queue.queue_page, name="queue"),
    path("queue/<int:pk>/", queue.queue_lead, name="queue-lead"),
    path("queue/<int:pk>/lead/", queue.queue_lead_part, name="queue-lead-part"),
    path("leads/new/", new_lead.new_lead, name="new-lead"),
    path("handoffs/reassignments/", passing_on.reassignments, name="reassignments"),
    path("handoffs/<int:pk>/", handoffs.detail, name="detail"),
    path("handoffs/<int:pk>/acceptance/", handoffs.accept, name="acceptance"),
    path("handoffs/<int:pk>/rejection/", handoffs.reject, name="rejection"),
    path("handoffs/<int:pk>/transfer/", passing_on.transfer, name="transfer"),
    path("handoffs/<int:pk>/follow-ups/", handoffs.follow_ups, name="follow-ups"),
    path("leads/<int:pk>/follow-ups/", handoffs.follow_ups_of_lead, name="follow-ups-of-lead"),
    path("leads/<int:pk>/opportunities/", business.opportunities, name="opportunities"),
    path("leads/<int:pk>/later/", business.later, name="later"),
    path("opportunities/<int:pk>/won/", business.won, name="won"),
    path("opportunities/<int:pk>/lost/", business.lost, name="lost"),
    path("follow-ups/<int:pk>/retraction/", business.retraction, name="retraction"),
    path("leads/<int:pk>/claim/", passing_on.claim, name="claim"),
    path("leads/<int:pk>/story/", panels.story, name="story"),
    path("leads/<int:pk>/handoffs/", panels.of_lead, name="of-lead"),
]
