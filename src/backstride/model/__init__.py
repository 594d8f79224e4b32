"""The nouns: what a run, a day, a symptom, a finding and an answer are.  Imports nothing of ours."""
