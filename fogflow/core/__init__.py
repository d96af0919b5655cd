"""fog-core in small: attributes, models, collections, queries, waiting. Knows no Mistral and no HTTP."""
