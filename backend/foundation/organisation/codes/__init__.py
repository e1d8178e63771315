"""Code lists (代码表): words that the whole house counts by, such as where a complaint was raised.

A code is never deleted, because old records name it; from a day on it is not used for anything new.
Every phone has every list, so that nothing of one line alone belongs in one.
"""
