"""The ground under every app: who there is, who may, what is joined to what, and what was done.

Here: communities, parties, people, roles, the tenant of a transaction, the audit log, links, the search
index and the registries that apps fill. Not here: anything a single pillar owns.
"""
