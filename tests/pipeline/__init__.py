"""The real bot as a process, killed and cut off."""
