"""What people can ask. The phone's types are generated from these.

Words that people write, and whatever else is personal, travel in commands about the record that can
be erased (`visit_person`, `visit_answer`): one that comes after that is kept nowhere.
"""
