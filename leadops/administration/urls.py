"""Which address shows which settings?"""

from django.urls import path

from leadops.administration import calendar, company, notices, own, people, queues, reps, teams

urlpatterns = [
    path("settings/", own.own, name="settings"),
    path("settings/messages/", notices.notices, name="settings-notices"),
    path("settings/messages/reading/", notices.reading, name="settings-notices-reading"),
    path("settings/leave/", own.leave, name="settings-leave"),
    path("settings/leave/<int:pk>/cancellation/", own.leave_cancellation, name="settings-leave-end"),
    path("settings/company/", company.company, name="settings-company"),
    path("settings/people/", people.people, name="settings-people"),
    path("settings/people/new/", people.person_new, name="settings-person-new"),
    path("settings/people/<int:pk>/", people.person, name="settings-person"),
    path("settings/people/<int:pk>/invitation/", people.invitation, name="settings-invitation"),
    path("settings/people/<int:pk>/deactivation/", people.deactivation, name="settings-deactivation"),
    path("settings/people/<int:pk>/release/", people.release, name="settings-release"),
    path("settings/people/<int:pk>/reactivation/", people.reactivation, name="settings-reactivation"),
    path("settings/teams/", teams.teams, name="settings-teams"),
    path("settings/teams/<int:pk>/", teams.team, name="settings-team"),
    path("settings/teams/<int:pk>/members/", teams.memberships, name="settings-memberships"),
    path("settings/teams/<int:pk>/members/<int:membership>/end/", teams.membership_end, name="settings-membership-end"),
    path("settings/calendar/", calendar.calendar, name="settings-calendar"),
    path("settings/calendar/days/", calendar.days, name="settings-days"),
    path("settings/calendar/days/removal/", calendar.day_removal, name="settings-day-removal"),
    path("settings/queues/", queues.queues, name="settings-queues"),
    path("settings/queues/new/", queues.queue_new, name="settings-queue-new"),
    path("settings/queues/<int:pk>/", queues.queue, name="settings-queue"),
    path("team/", reps.team, name="team"),
    path("team/<int:pk>/", reps.rep, name="team-rep"),
    path("team/<int:pk>/absences/", reps.absence, name="team-absences"),
    path("team/<int:pk>/absences/<int:absence>/cancellation/", reps.absence_cancellation, name="team-absence-end"),
]
