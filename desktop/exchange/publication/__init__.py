"""The files of a publication: tables for people and for programs, a description, a certificate.

Every hidden cell has one code, one look and one reason. Nothing here tells whether a cell is hidden
for its own count or for another's.
"""
