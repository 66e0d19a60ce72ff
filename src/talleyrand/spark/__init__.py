"""The reductions of event data and the coding of texts on Apache Spark, an optional extra."""
