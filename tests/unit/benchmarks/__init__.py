"""What the benchmarks promise of themselves."""
