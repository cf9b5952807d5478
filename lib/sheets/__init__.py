"""Spreadsheets in (read, map, check, preview) and out (XLSX, CSV); knows nothing of sites or people."""
