"""The one writer, and what it keeps: verdicts, facts, the pull index, notices and jobs.

`execute` takes commands and gives verdicts; `pull` gives phones what is new; `work` is what
handlers are handed; `manifest` is how a package declares itself.
"""
