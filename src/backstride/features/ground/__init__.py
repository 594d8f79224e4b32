"""The ground under the runs: road, trail, track or treadmill, and how far steeply down."""
