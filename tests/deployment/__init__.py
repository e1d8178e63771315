"""The house as it is run by others: several servers and workers behind a proxy, started, asked and
stopped as compose.yaml says, with real processes."""
