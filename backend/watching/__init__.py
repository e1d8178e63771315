"""How the house is seen by whoever runs it: lines of the log, and figures for Prometheus.

Neither holds anything of a person: no names, no numbers, no addresses, no paths with ids in them.
"""
