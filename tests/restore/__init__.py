"""The restore drill: real servers backed up, lost and restored under phones that keep working.

Phones forget what they sent as soon as the server calls it durable, which real ones do a fortnight
later: whatever a backup lacks that it vouched for is then lost for good, and counted.
"""
