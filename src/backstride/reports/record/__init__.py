"""Pictures of the record: a calendar, and small multiples on one axis of days."""
