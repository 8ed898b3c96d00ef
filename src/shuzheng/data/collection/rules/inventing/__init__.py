"""Invented feeds for demonstrations and tests."""

from shuzheng.data.collection.rules.inventing.feeds import invent_feeds
from shuzheng.data.collection.rules.inventing.places import Places

__all__ = ["Places", "invent_feeds"]
