"""Made-up exports of each maker, to the layout that public readers of real ones describe.

A module for each maker writes single rows and files of its layout, for tests, and the runs of the made-up
runner, for the demo (`of_runs`).  Nobody ran any of this.
"""
