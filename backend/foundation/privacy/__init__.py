"""Privacy: what people were told, what they agreed to, how long it is kept, and that it is gone.

A *notice* is immutable and named by the digest of its content. A *consent* answers each purpose of
one notice apart; withdrawing it, a *retention class* coming to its end, or a request leads to an
order that the record's owner carries out, and a *certificate* says when every byte was gone. A
*hold* stops erasing and turns it into sealing. Names and addresses are never in these records: they
stay with the feature whose record the consent belongs to.
"""
