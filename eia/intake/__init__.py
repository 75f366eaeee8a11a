"""READ and CHECK: a file or its bytes -> RawTable -> Workforce (or a table of counts), or one error with every fault."""
