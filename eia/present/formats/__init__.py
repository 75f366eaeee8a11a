"""A Document as files for other programs: Word, PDF, a workbook."""
