"""What is done when somebody asks: load, let the rules decide, stage, say what happened."""
