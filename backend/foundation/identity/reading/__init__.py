"""What administrators ask for at the desk: people and their posts, and what was done to them."""
