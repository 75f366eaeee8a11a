"""Files beside the workforce: scores, lists of posts, leave, vacancies."""
