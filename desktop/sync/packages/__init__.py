"""The sealed package: its bytes, the rows inside, who signed it and who may open it."""
