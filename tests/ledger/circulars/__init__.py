"""The circulars' rules, as tables of what they answer."""
