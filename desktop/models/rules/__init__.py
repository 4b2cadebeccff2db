"""What bars a record, area by area: one rule for form, button, command line, paste and import.

Rules judge what is written here, before it is kept. What others wrote is never refused at a merge
for its content: it is kept, and shown as to be corrected.
"""
