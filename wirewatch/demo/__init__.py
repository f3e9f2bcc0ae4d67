"""The demo: a small world of invented outlets, served over HTTP on loopback, and what should come of it."""
