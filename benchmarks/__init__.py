"""`make bench`: what fogflow costs beside what people would use instead, measured in one run.

A stub server answers in a process of its own; each measurement of a client is a child process of its own. Nothing
here is part of fogflow, and no spec runs it.
"""
