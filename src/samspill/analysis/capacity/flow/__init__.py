"""Simulation of patients from hospital to municipality and home, event by event.

What is simulated is in `model`; chance in `drawing`, what happens in `events`, what is counted in `counting`,
replications in `running`, what they tell in `results`, models from files in `reading`. Other parts import
from `samspill.analysis.capacity`.
"""
