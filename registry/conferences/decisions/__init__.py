"""What a conference decided, and who does what until when."""
