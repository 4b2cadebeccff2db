"""What every paper is set with: page, fonts, tables, scripts, codes to scan."""
