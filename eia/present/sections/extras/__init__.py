"""What files beside the workforce show: scores, lists of posts, absences, what happened next. A section each."""
