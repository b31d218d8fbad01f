"""`kill -9` of who writes, who watches and the database, while measurements come in; then all is counted.

    python -m benchmarks.torture [--points 200] [--seed 1]

Nothing that was said yes to may be lost, and nothing may be there twice: neither a measurement that was sent
again because no answer came, nor its alert. Bounded in time by the number of points.
"""
