"""The programme of a conference: what begins when, in which room, beside what else."""
