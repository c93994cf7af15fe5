"""Who acts: organisations, persons, the positions they hold, delegation, credentials, and the door."""
