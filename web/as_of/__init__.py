"""What the pages that look back are made of."""
