"""What the pages of progress, inspections and departments are made of."""
