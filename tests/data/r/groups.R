# Reference values for tests/stats/test_groups.py: Rscript tests/data/r/groups.R > tests/data/groups.json
# Rows are groups, columns selected and retained.
suppressMessages(library(jsonlite))

one_pool <- list(
  small          = cbind(c(3, 1, 0), c(1, 3, 4)),
  five_groups    = cbind(c(2, 0, 5, 1, 0), c(6, 3, 4, 9, 2)),
  tied           = cbind(c(2, 2, 0), c(2, 2, 4)),
  none_of_a_group = cbind(c(4, 1, 0), c(3, 8, 0)),
  dwp_ethnic     = cbind(c(12, 3, 9, 1, 2, 0), c(160, 12, 22, 9, 4, 3)),
  job            = cbind(c(1, 3, 10, 6), c(3, 10, 33, 30))
)
fisher <- lapply(one_pool, function(t) list(
  selected = t[, 1], total = rowSums(t),
  p = fisher.test(t[rowSums(t) > 0, ], workspace = 2e7)$p.value))

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

cat(toJSON(list(engine = R.version.string, fisher = fisher, cmh = cmh), auto_unbox = TRUE, digits = 15, pretty = TRUE), "\n")
