"""Which addresses of the API tell of a queue and handoffs, and take what is done with them?"""

from django.urls import path

from handoff.api import handoffs, queue

urlpatterns = [
    path("queue/", queue.Queue.as_view(), name="queue"),
    path("queue/<str:section>/", queue.Section.as_view(), name="queue-section"),
    path("handoffs/<int:pk>/", handoffs.HandoffOne.as_view(), name="handoff"),
    path("handoffs/<int:pk>/acceptance/", handoffs.Acceptance.as_view(), name="acceptance"),
    path("handoffs/<int:pk>/rejection/", handoffs.Rejection.as_view(), name="rejection"),
    path("handoffs/<int:pk>/follow-ups/", handoffs.FollowUps.as_view(), name="follow-ups"),
]
