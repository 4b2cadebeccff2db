"""Long gestures that join rooms: create, enrol, play the story. No Qt."""
