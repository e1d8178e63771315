"""Work nobody waits for: photos, notices, schedules."""
