"""The catalogues: reading, bringing up to date, and the rules that every translation keeps."""
