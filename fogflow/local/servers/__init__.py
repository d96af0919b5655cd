"""What runs inside the server processes of a local cloud: one program for Keystone, one for Mistral.

They import nothing else of fogflow, so that a server can run in an environment of its own.
"""
