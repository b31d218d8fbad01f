"""What templates may say that Django cannot."""
