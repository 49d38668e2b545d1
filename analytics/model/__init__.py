"""The one honest model: what a number from a platform is, of whom, when, and how it is known."""
