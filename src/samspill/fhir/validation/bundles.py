"""Bundles."""


def check_bundles(walk, resource, place):
    return None
