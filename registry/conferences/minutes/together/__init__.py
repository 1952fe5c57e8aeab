"""Two people at the same part of minutes: who saved it while the other was writing."""
