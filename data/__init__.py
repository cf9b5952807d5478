"""Data that ships with the product: reference rows, languages, migrations, fonts, the demonstration."""
