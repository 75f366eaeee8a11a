"""Takes nothing; gives how much of anything is read or worked out at most: known before the work begins, and all in one place.

Whatever is accepted within these takes less than 2 GB and about a minute on two cores (`benchmarks/budget.py`). What is beyond
them is refused in a sentence, or worked out in another way that the docstring of its function names.
"""

# What is read
CASE_BYTES = 1 << 20
CASE_FAULTS = 20  # told of one case file
FILE_BYTES = 1 << 30
FILE_BYTES_IN_MEMORY = 128 << 20  # larger files are mapped
UPLOAD_MEGABYTES = 200
ENGINE_MEGABYTES = 512  # beyond it DuckDB puts aside, on the disk, what it counts of a large file
RECORD_BYTES = 100 << 20
REPORT_BYTES = 10 << 20  # of a page that is there already; one with more is none of ours
BUNDLE_BYTES = 200 << 20
BUNDLE_BYTES_UNPACKED = 400 << 20
BUNDLE_PARTS = 1_000
RECORD_CELLS = 25_000_000  # each a lower and an upper count: 400 MB
WORKBOOK_BYTES_UNPACKED = 400 << 20
WORKBOOK_PARTS = 10_000
WORKBOOK_SECONDS = 30
WORKBOOK_MEMORY = 1792 << 20  # bytes, of the process that unpacks it

# Whom and what an assessment is of
PEOPLE = 1_000_000
POOLS = 10_000
COLUMNS = 1_000
CELL_CHARACTERS = (
    1_000  # no label, header or figure has more; looking for words in a cell may take time by their square
)
WORDS_OF_TWO_LABELS = 40  # of a label that may be two: with more it is a sentence
GROUPS_COUNTED = 1_000  # in a table of counts, where each is compared with the others
CHARACTERISTICS_COUNTED = 200
GROUPS = 100  # of one characteristic; with more different answers they are texts
CRITERIA = 50
ROUNDS = 20
POSTS_IN_A_LIST = 100_000
VACANT_POSTS = 10_000
VACANCIES_TIMES_LEAVE = 5_000_000  # each is held against the other
COUNT_IN_A_CELL = 1_000_000_000

# How far chance is drawn: places are pools or posts
DRAWS = 100_000  # that a case may ask for
PLACES_TIMES_DRAWS = 10_000_000
LEAST_DRAWS = 1_999
DRAWS_OF_SCORES = 1_000_000
DRAWS_OF_OVERLAPS = 2_000
DRAWS_OF_AGREEMENT = 9_999
PEOPLE_TIMES_WEIGHTINGS = 20_000_000  # of criteria, drawn to see on how much a gap rests
PEOPLE_TIMES_DRAWS = 400_000_000  # of pay, severance and time, afterwards

# How far tables are enumerated: beyond it chance is drawn, or the bound is the trivial one
TABLES_OF_GROUPS = 1 << 18
TABLES_OF_POOLS = 1 << 16
STEPS_OF_POOLS = 4_000
MARGINS_THAT_FIT = 64

# How many are served at once: processes that work things out for the dashboard
WORKER_MEMORY = 2560 << 20  # bytes of its own, that one of them may have
JOBS_OF_A_WORKER = 25  # then it is replaced, and its memory given back
HEAVY_BYTES = 8 << 20  # of files, from which on a job may not take the last free process
BYTES_A_SECOND_OF_WAITING = 5 << 20  # so many bytes more count as having come a second later
