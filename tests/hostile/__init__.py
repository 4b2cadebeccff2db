"""Members with a program of their own, and folders that anybody wrote to."""
