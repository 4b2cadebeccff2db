"""The screen of the trainings."""
