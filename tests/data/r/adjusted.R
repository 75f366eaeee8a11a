#!/usr/bin/env Rscript
# adjusted.R > ../adjusted.json
# Conditional logistic regression: without a penalty by survival::clogit (method "exact"); with Firth's penalty by going through
# every set of people that could have been selected. Needs R >= 4.2, r-cran-survival and r-cran-jsonlite (Debian).
suppressMessages({library(survival); library(jsonlite)})

# Penalised by enumeration ---------------------------------------------------------------------------------------

sets <- function(d, columns) lapply(split(d, d$pool), function(p) {
  x <- scale(as.matrix(p[columns]), scale = FALSE)  # a shift inside a pool changes nothing but the digits
  t(combn(nrow(p), sum(p$selected), function(rows) colSums(x[rows, , drop = FALSE])) |> matrix(nrow = length(columns)))
})

penalised <- function(beta, all_sets, observed) {
  value <- sum(observed * beta)
  information <- 0
  for (s in all_sets) {
    eta <- s %*% beta
    top <- max(eta)
    weight <- exp(eta - top)
    value <- value - top - log(sum(weight))
    weight <- as.vector(weight / sum(weight))
    mean <- colSums(s * weight)
    information <- information + t(s) %*% (s * weight) - mean %o% mean
  }
  as.numeric(value + 0.5 * determinant(information, logarithm = TRUE)$modulus)
}

best <- function(f, start) {                       # searched again and again until it stays
  for (turn in 1:30) {
    new <- optim(start, function(b) -f(b), method = if (length(start) == 1) "BFGS" else "Nelder-Mead",
                 control = list(reltol = 1e-15, maxit = 20000))$par
    if (max(abs(new - start)) < 1e-8) break
    start <- new
  }
  for (turn in 1:3) start <- optim(start, function(b) -f(b), method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))$par
  list(beta = start, value = f(start))
}

firth <- function(d, columns) {
  all_sets <- sets(d, columns)
  observed <- Reduce(`+`, lapply(split(d, d$pool), function(p)
    colSums(scale(as.matrix(p[columns]), scale = FALSE)[p$selected == 1, , drop = FALSE])))
  f <- function(beta) penalised(beta, all_sets, observed)
  top <- best(f, rep(0, length(columns)))
  profile <- function(b) if (length(columns) == 1) f(b) else best(function(rest) f(c(b, rest)), top$beta[-1])$value
  room <- function(b) qchisq(0.95, 1) - 2 * (top$value - profile(b))
  list(beta = top$beta, statistic = 2 * (top$value - profile(0)),
       low = uniroot(room, top$beta[1] - c(4, 1e-3), extendInt = "upX", tol = 1e-9)$root,
       high = uniroot(room, top$beta[1] + c(1e-3, 4), extendInt = "downX", tol = 1e-9)$root)
}

case <- function(name, source, d, columns, unpenalised = TRUE) {
  out <- list(name = name, source = source, columns = columns, data = as.list(d))
  if (unpenalised) {
    formula <- as.formula(paste("selected ~", paste(columns, collapse = "+"), "+ strata(pool)"))
    fit <- clogit(formula, d, method = "exact", control = coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100))
    out$clogit <- list(beta = unname(coef(fit)), variance = unname(vcov(fit)), log_likelihood = fit$loglik[2])
  }
  out$firth_before <- firth(d, columns[1])
  out$firth <- firth(d, columns)
  out
}

# Data -----------------------------------------------------------------------------------------------------------

matched <- with(infert, data.frame(pool = stratum, selected = case, spontaneous = spontaneous, induced = induced))

small <- read.table(header = TRUE, text = "
pool selected group years grade
0 1 1 1 3
0 1 1 4 3
0 1 0 2 4
0 0 1 6 4
0 0 0 7 3
0 0 0 3 5
0 0 0 12 4
0 0 1 9 5
1 1 0 1 2
1 1 1 3 2
1 0 0 2 2
1 0 1 8 3
1 0 0 15 2
1 0 0 5 3
1 0 0 4 2
2 1 1 2 6
2 1 0 4 6
2 1 1 11 7
2 1 0 3 6
2 0 0 8 7
2 0 1 20 7
3 1 1 5 1
3 1 0 1 1
3 1 1 2 2
3 0 0 6 1
3 0 0 9 2
3 0 1 4 1
3 0 0 13 2
3 0 1 7 1
3 0 0 10 1
")

separated <- small                                 # everyone of the group goes who can
for (k in 0:3) {
  here <- which(separated$pool == k)
  first <- order(-separated$group[here])
  separated$selected[here[first]] <- rep(1:0, c(sum(small$selected[here]), length(here) - sum(small$selected[here])))
}

cat(toJSON(list(
  made_by = "tests/data/r/adjusted.R",
  engine = paste(R.version.string, "with survival", packageVersion("survival")),
  cases = list(
    case("infert", "R datasets::infert; Trichopoulos et al. (1976); ?survival::clogit", matched, c("spontaneous", "induced")),
    case("small", "invented", small, c("group", "years", "grade")),
    case("separated", "invented", separated, c("group", "years"), unpenalised = FALSE)
  )), auto_unbox = TRUE, digits = NA, matrix = "rowmajor"))
cat("\n")
