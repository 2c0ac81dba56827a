"""The parts of the report: each gathers what its template lays out, and computes nothing else."""
