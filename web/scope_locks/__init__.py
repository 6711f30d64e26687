"""What the pages of locks over a scope are made of."""
