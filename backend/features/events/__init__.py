"""Events (活动): festival and lobby events, finance brought into a neighbourhood, standing
services, afternoons for children, trainings and meetings.

An event is planned, approved by somebody else, held, counted, and told of in a report of one page.
Who was there is told by check-ins: sightings with ids of their own, made on as many phones as the
staff carry, without signal. A person counts once however often they were seen; what was only
tallied is never mixed with that figure. An event holds no personal data: names are on the roster,
numbers with the follow-ups, faces on photos, each in records that can be erased by themselves.
"""
