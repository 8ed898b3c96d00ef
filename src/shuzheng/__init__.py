"""Shuzheng (数政): a city's digital government in one Python package."""
