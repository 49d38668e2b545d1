"""Platform exports → reach by demographic, with bounds. Nothing lives here yet."""
