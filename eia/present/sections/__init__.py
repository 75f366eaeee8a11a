"""An Assessment -> the sections of a document, one module each."""
