"""An Assessment -> tables of finished cells."""
