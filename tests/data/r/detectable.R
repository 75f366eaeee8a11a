#!/usr/bin/env Rscript
# Rscript tests/data/r/detectable.R > tests/data/detectable.json
# The smallest detectable odds ratio, from the margins alone: dhyper in each pool, plain convolution, root of the power.
# Needs: R >= 4.2, r-cran-jsonlite.
suppressMessages(library(jsonlite))

convolve_all <- function(pools) {
  least <- 0; law <- 1
  for (p in pools) {
    g <- p[1]; m <- p[2]; n <- p[3]
    x <- max(0, g + m - n):min(g, m)
    one <- dhyper(x, g, n - g, m)
    out <- numeric(length(law) + length(one) - 1)
    for (i in seq_along(one)) { at <- i - 1 + seq_along(law); out[at] <- out[at] + one[i] * law }
    law <- out; least <- least + x[1]
  }
  list(x = least + seq_along(law) - 1, p = law)
}

upward <- function(x, p, alpha, power) {
  above <- rev(cumsum(rev(p)))
  found <- which(2 * (above - p / 2) <= alpha * (1 + 1e-12))
  if (length(found) == 0) return(NULL)
  at <- found[1]
  tilted <- function(theta) { w <- log(p) + theta * (x - x[at]); w <- exp(w - max(w)); w / sum(w) }
  theta <- uniroot(function(t) sum(tilted(t)[at:length(x)]) - power, c(-2, 60), tol = 1e-14, maxiter = 10000)$root
  list(critical_total = x[at], odds_ratio = exp(theta), excess = sum(x * tilted(theta)) - sum(x * p))
}

cases <- list(
  ricci = list(c(8, 14, 33), c(19, 31, 62)),
  rabbits = list(c(6, 3, 12), c(6, 8, 12), c(6, 11, 12)),
  one_pool_of_50 = list(c(20, 12, 50)),
  tiny = list(c(2, 1, 5)),
  one_sided = list(c(1, 1, 100)),
  sparse = rep(list(c(1, 2, 9), c(2, 1, 7), c(3, 4, 11)), 8),
  uneven = list(c(40, 30, 400), c(3, 5, 12), c(150, 90, 300), c(1, 10, 25)))

result <- list()
for (name in names(cases)) for (alpha in c(0.05, 0.05 / 14, 0.2)) for (power in c(0.8, 0.95)) {
  law <- convolve_all(cases[[name]])
  above <- upward(law$x, law$p, alpha, power)
  below <- upward(-rev(law$x), rev(law$p), alpha, power)
  if (!is.null(below))
    below <- list(critical_total = -below$critical_total, odds_ratio = 1 / below$odds_ratio, excess = -below$excess)
  result[[length(result) + 1]] <- list(
    name = name, pools = do.call(rbind, cases[[name]]), alpha = alpha, power = power, above = above, below = below)
}
cat(toJSON(list(made_by = paste("tests/data/r/detectable.R,", R.version.string), cases = result),
           digits = NA, auto_unbox = TRUE, null = "null", pretty = FALSE), "\n")
