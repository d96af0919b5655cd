"""For tools that ask for it; everything stands in setup.cfg."""

from setuptools import setup

setup()
