"""What somebody who may not decide alone would like to do with an entry, until the office has."""
