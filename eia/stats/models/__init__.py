"""Takes people as aligned arrays; gives how far a group lies from everyone else by marks, pay and time. Descriptive: no level rests on it."""
