"""The parts of a response: what is asked, the law here, and what should be sent."""
