"""Work nobody waits for: that it goes on, whatever happens around it."""
