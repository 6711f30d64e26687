"""The pages of the homeroom teacher: what is to be written down of the own class."""
