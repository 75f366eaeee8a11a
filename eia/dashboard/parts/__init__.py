"""Parts of the screen that several pages show, or that are more than a page's few lines."""
