"""Takes people, the case and changes to try; gives what each change would do to every group: before and after, in counts and levels."""
