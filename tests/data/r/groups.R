# Reference values for tests/stats/test_groups.py: Rscript tests/data/r/groups.R > tests/data/groups.json
# Rows are groups, columns selected and retained.
suppressMessages(library(jsonlite))

strata <- list(
  three_by_two_pools = list(cbind(c(3, 1, 0), c(1, 3, 4)), cbind(c(1, 2, 2), c(2, 3, 4))),
  four_by_three_pools = list(cbind(c(5, 2, 1, 4), c(20, 9, 12, 6)), cbind(c(2, 2, 0, 3), c(11, 4, 5, 2)),
                             cbind(c(9, 1, 1, 2), c(30, 3, 8, 10))),
  large = list(cbind(c(120, 45, 30), c(900, 210, 260)), cbind(c(60, 12, 9), c(310, 80, 33)),
               cbind(c(200, 40, 21), c(1800, 170, 190)))
)
cmh <- lapply(strata, function(s) {
  a <- array(unlist(s), dim = c(nrow(s[[1]]), 2, length(s)))
  m <- mantelhaen.test(a)
  list(selected = lapply(s, function(t) t[, 1]), total = lapply(s, rowSums),
       statistic = unname(m$statistic), dof = unname(m$parameter), p = m$p.value)
})

cat(toJSON(list(engine = R.version.string, cmh = cmh), auto_unbox = TRUE, digits = 15, pretty = TRUE), "\n")
