"""Photos and signatures: what is claimed about each, whether its bytes are here and good, and when
a record has all of its evidence. The bytes themselves lie in a store (see `media`)."""
