"""The patients a helsefellesskap follows together: plans, measurements, alerts, and who may see what."""
