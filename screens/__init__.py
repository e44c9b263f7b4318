"""Pictures of states: the only user of Kivy. A screen draws a state and reports events."""
