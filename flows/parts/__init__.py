"""The processes of `soundbite up`, one module each."""
