"""What happened, as a closed list of events without personal data."""
