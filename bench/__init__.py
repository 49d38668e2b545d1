"""One table per claim about speed or reliability. `./run bench NAME`."""
