"""Programs that run for one document each, in a process of their own.

The libraries they use (typst, XlsxWriter, calamine, fontTools) are imported here and nowhere
else, so the server never carries them; nobody imports these modules.
"""
