"""What a supervisor looks at: today, windows and clerks, follow-ups, call-backs, machines."""
