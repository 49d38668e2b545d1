"""What we hold: recordings, their timeline, files, the catalogue, and the one door to ffmpeg."""
