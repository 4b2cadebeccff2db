"""What the system under the program is asked for: no reading of its memory, the libraries of the
window."""
