"""The studies, one function each: `study(region, plan, evidence, rng, progress) -> Result`."""
