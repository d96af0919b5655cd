"""A random walk over all resources of the API, on the mock and on a real Mistral at once.

Each step is one call, taken alike on both; what it answers must be the same. `python -m spec.mock.walking` (as
`make walk`) walks from fresh seeds, or from those that it is given.
"""
