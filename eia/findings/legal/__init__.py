"""Which dated law a case comes under, and which routes in law a finding speaks to."""
