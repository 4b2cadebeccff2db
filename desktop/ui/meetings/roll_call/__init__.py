"""Who is there: the roll-call, its lines, its half-days."""
