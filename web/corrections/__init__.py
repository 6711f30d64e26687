"""What the pages of corrections share: the timeline, the steps a person may take, the evidence."""
