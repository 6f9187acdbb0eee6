"""The house rules: what a reader may rely on in every file, checked by `make lint`."""
