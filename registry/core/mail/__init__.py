"""The outbox: mail is written in the same transaction as what it tells of, and leaves later."""
