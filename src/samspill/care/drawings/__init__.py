"""Graphs of what was measured, as places on a sheet: plain values in, geometry out. No rows, no words."""
