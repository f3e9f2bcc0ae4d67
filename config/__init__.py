"""What the operator writes down: outlets, the catalogue they make, and the settings of a run."""
