# Reference values for tests/stats/test_trend.py: Rscript tests/data/r/trend.R > tests/data/trend.json
# van Elteren's z from coin (scores: midranks within the pool / (people + 1)); exact p by going through every selection with combn.
suppressMessages({library(jsonlite); library(coin)})

cases <- list(
  westvaco = list(pool = rep(1, 10), value = c(25, 33, 35, 38, 48, 55, 55, 55, 56, 64), selected = c(0, 0, 0, 0, 0, 1, 1, 0, 0, 1)),
  two_pools = list(pool = c(rep(1, 6), rep(2, 7)), value = c(23, 31, 31, 40, 52, 58, 29, 35, 44, 44, 44, 60, 61),
                   selected = c(0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1)),
  three_pools = list(pool = c(rep(1, 5), rep(2, 4), rep(3, 6)), value = c(50, 41, 37, 60, 22, 33, 33, 47, 51, 19, 28, 36, 36, 45, 64),
                     selected = c(0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0))
)
set.seed(7)
pool <- rep(1:8, times = c(30, 12, 55, 20, 9, 40, 25, 60))
value <- round(rnorm(length(pool), 44, 11))
cases$eight_pools <- list(pool = pool, value = value, selected = as.integer(rank(-value + rnorm(length(pool), 0, 40)) <= 60))

sums <- function(score, m) if (m == 0) 0 else colSums(matrix(combn(score, m), nrow = m))
results <- lapply(cases, function(case) {
  score <- ave(case$value, case$pool, FUN = function(v) rank(v) / (length(v) + 1))
  z <- statistic(independence_test(case$selected ~ score | factor(case$pool), teststat = "scalar"), type = "standardized")
  test <- independence_test(case$selected ~ score | factor(case$pool), teststat = "scalar")
  out <- c(case, list(z = as.numeric(z), normal_p = as.numeric(pvalue(test))))
  by_pool <- split(data.frame(score, selected = case$selected), case$pool)
  ways <- prod(sapply(by_pool, function(d) choose(nrow(d), sum(d$selected))))
  if (ways < 1e5) {
    all <- Reduce(function(a, b) as.vector(outer(a, b, "+")), lapply(by_pool, function(d) sums(d$score, sum(d$selected))))
    seen <- sum(score * case$selected); mean <- mean(all)
    out <- c(out, list(ways = ways, p = mean(abs(all - mean) >= abs(seen - mean) - 1e-9),
                       p_greater = mean(all >= seen - 1e-9), p_less = mean(all <= seen + 1e-9)))
  }
  out
})
cat(toJSON(list(engine = R.version.string, coin = as.character(packageVersion("coin")), cases = results),
           auto_unbox = TRUE, digits = 15, pretty = TRUE), "\n")
