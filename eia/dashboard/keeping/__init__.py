"""What a visitor has done stays: when the page is loaded again, and when a choice was wrong."""
