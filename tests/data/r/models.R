# Reference values for tests/stats/models: Rscript tests/data/r/models.R > tests/data/models.json
# Clustered errors from sandwich (HC1: G/(G-1) and (n-1)/(n-k)), Cox's model from survival. Effects of pools inside clusters are taken
# out of every column first, so that they do not count in k; where markers cross pools they stand in the model and count.
suppressMessages({library(jsonlite); library(sandwich); library(survival)})

people <- function(sizes, seed) {
  set.seed(seed)
  pool <- rep(seq_along(sizes) - 1, times = sizes)
  n <- length(pool)
  group <- as.integer(runif(n) < 0.4)
  list(pool = pool, group = group, marker = sample(0:24, n, replace = TRUE),
       mark = round(20 + pool %% 7 - 3 * group + rnorm(n, 0, 4)), service = round(runif(n, 0, 30), 1), hours = sample(c(0.5, 0.8, 1), n, replace = TRUE),
       amount = round(exp(7 + 0.03 * pool - 0.2 * group + rnorm(n, 0, 0.3))), days = ceiling(rexp(n, exp(-0.6 * group) / 40)),
       placed = as.integer(runif(n) < 0.7))
}
cases <- list(thirty_pools = people(rep(c(5, 8, 13, 4, 20), 6), 11), seven_pools = people(c(6, 11, 9, 14, 7, 30, 12), 12))

within <- function(x, pool) x - ave(x, pool)
limits <- function(fit, cluster, name) {
  g <- length(unique(cluster)); b <- coef(fit)[[name]]
  se <- sqrt(vcovCL(fit, cluster = cluster, type = "HC1")[name, name])
  list(estimate = b, low = b - qt(0.975, g - 1) * se, high = b + qt(0.975, g - 1) * se, clusters = g)
}
results <- lapply(cases, function(d) {
  both <- ave(d$group, d$pool) > 0 & ave(d$group, d$pool) < 1
  d <- as.data.frame(d)[both, ]
  x <- within(d$group, d$pool); y <- within(d$mark, d$pool); log_y <- within(log(d$amount), d$pool)
  service <- within(d$service, d$pool); hours <- within(d$hours, d$pool)
  cox <- coxph(Surv(days, placed) ~ group + strata(pool), data = d, ties = "breslow", cluster = pool)
  list(by_pool = limits(lm(y ~ 0 + x), d$pool, "x"),
       by_marker = limits(lm(mark ~ group + factor(pool), data = d), d$marker, "group"),
       pay = limits(lm(log_y ~ 0 + x + service + hours), d$pool, "x"),
       cox = list(log_ratio = coef(cox)[[1]], robust = sqrt(vcov(cox)[1, 1])))
})
cat(toJSON(list(engine = R.version.string, sandwich = as.character(packageVersion("sandwich")), survival = as.character(packageVersion("survival")),
                cases = Map(function(people, found) list(people = people, results = found), cases, results)),
           auto_unbox = TRUE, digits = 15), "\n")
