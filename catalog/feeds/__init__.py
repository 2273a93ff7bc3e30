"""Feeds in: one module for each form, from a file to products with the lines they came from."""
