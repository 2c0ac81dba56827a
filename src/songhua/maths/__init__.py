"""Pure functions: arrays, frames or intervals in, the same out. No disk, no clock, no chance."""
