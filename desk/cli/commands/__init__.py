"""One module a command. Heavy imports wait inside the functions: `--help` must be instant."""
