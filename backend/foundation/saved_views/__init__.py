"""Saved views: filters of the console's lists that somebody has given a name, to open by one tap.

They are that person's alone, one record for all of them, on every device of theirs. A view shows
nothing by itself: the list behind it asks each time who may see what. So it goes to nobody with
handed-over work, to no deputy, and stays where it is while somebody is suspended or has no desk.
"""
