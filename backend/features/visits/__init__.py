"""Visits (上门服务): two members of staff at a customer's home.

They verify that it is the customer and their own wish (上门核实), so that a relative may act; they
guide through online banking (上门指导); they collect money or papers (上门收款收单). A verification
ends in an authorisation (授权委托) once somebody else has reviewed it.

What is personal lies apart from the visit, in one record for each purpose, so that it can go while
the visit stays: `visit_person` (who, where, and every word people write), `visit_answer` (one for
each of identity, condition, intention, photos, recording).
"""
