"""People counted once: bounds that always hold, and a point only where the team's own history calibrates one."""
