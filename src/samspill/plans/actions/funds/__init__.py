"""Writes of joint money: each one checks, changes and records in one transaction."""
