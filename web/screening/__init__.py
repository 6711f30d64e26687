"""Tables of scores from anywhere, read for screening: any dialect, any layout, nothing kept."""
