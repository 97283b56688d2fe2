"""The published language: the shape of every JSON document the service takes or gives. Imports nothing of ours."""
