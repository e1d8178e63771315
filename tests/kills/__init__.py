"""Real servers, killed with SIGKILL at every named failpoint and at random, under real clients.

A kill is not a power cut: what the kernel holds survives it. That the bytes are on the medium
before an answer is given is asserted apart, by the traced order of writes, flushes and answers.
"""
