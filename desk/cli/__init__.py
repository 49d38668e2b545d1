"""The `soundbite` command."""
