"""Reads of joint money."""
