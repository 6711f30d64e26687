"""What the entry grid is made of: its page, its plain form, and the saving of a batch of cells."""
