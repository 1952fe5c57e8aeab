"""The office's look at the answers: how many of whom, what is to be done, who comes."""
