"""Identity: who people are, which posts they hold, and from which devices they work.

A *post* (岗位) gives a role at an outlet, in a unit or in a line, from one day to another. What a
person may do and which records a phone receives both follow from the posts held today; nothing is
granted to a person directly. A *device* is one installation of the app; a *session* binds a person
to a device until it ends, is ended, or the person is suspended.
"""
