"""The long forms of what the tests do in short, and one table of what came of them."""
