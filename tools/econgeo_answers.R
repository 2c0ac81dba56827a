# Writes tests/maths/complexity/econgeo.csv: what the R package EconGeo answers on small made tables.
#
#     Rscript tools/econgeo_answers.R ECONGEO > tests/maths/complexity/econgeo.csv
#
# ECONGEO is the folder R of a checkout of PABalland/EconGeo (1.3, commit 420c3c5). The tables are those of
# tests/maths/complexity/tables.py that need no chance. Base R and the package Matrix suffice.

functions <- c("RCA", "relatedness", "relatedness.density", "co.occurrence", "KCI", "TCI", "MORc", "MORt",
               "diversity", "ubiquity")
for (name in functions) source(file.path(commandArgs(TRUE)[1], paste0(name, ".r")))

r <- matrix(0:13, 14, 10)
i <- matrix(0:9, 14, 10, byrow = TRUE)
tables <- list(
  "small 0" = rbind(c(8, 4, 0), c(2, 4, 4), c(0, 2, 8)),
  "small 1" = rbind(c(8, 6, 5, 2), c(3, 0, 0, 0), c(1, 8, 6, 9)),
  "small 2" = rbind(c(5, 1, 1, 0), c(4, 4, 1, 1), c(9, 2, 7, 3), c(1, 6, 2, 8), c(3, 3, 3, 5)),
  "counted" = (37 * r * r + 91 * i * i + 13 * r * i) %% 101 * (1 + r %% 7) * (1 + i %% 5)
)

cat("table,measure,value\n")
for (table in names(tables)) {
  levels <- tables[[table]]
  present <- RCA(levels, binary = TRUE)
  related <- relatedness(co.occurrence(t(present)))
  answers <- list(
    RCA = t(RCA(levels)), relatedness = related,
    relatedness.density = t(relatedness.density(present, related)),
    KCI = KCI(present), TCI = TCI(present), MORc = MORc(present, steps = 20), MORt = MORt(present, steps = 19),
    diversity = diversity(present), ubiquity = ubiquity(present)
  )
  for (measure in names(answers))  # by row: what is transposed above is written down its columns
    cat(sprintf("%s,%s,%.17g\n", table, measure, as.vector(answers[[measure]])), sep = "")
}
