"""Apple Health: the one XML file that holds every sample and every workout of a phone."""
