"""Android's Health Connect: the database that its backup holds."""
