"""People: the soundbite command and the web desk."""
