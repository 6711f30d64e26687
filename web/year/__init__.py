"""What the pages are made of with which a school sets up and runs its year."""
