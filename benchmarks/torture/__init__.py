"""`kill -9` of the web servers, the worker and the database, while measurements come in; then all is counted.

    python -m benchmarks.torture [--points 200] [--seed 1]

Measurements come by FHIR over HTTP, one at a time and in bundles, to two web servers as `samspill serve`
starts them; the worker sends them on, misses what stays away and tells further what nobody takes. What a
sender has no answer to it sends again, and some it gives up. Nothing that was said yes to may be lost, and
nothing may be there twice: neither a measurement, nor its alert, nor its message. Bounded in time by the
number of points.
"""
