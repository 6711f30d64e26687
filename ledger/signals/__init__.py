"""What people do about signals: seen, asked, answered, explained, escalated, closed, reported."""
