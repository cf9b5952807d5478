"""Plain HTTP routes: session cookie, health, fonts and security headers."""
