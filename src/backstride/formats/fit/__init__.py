"""FIT: what watches record, every second with all sensors, by our own NumPy decoder."""
