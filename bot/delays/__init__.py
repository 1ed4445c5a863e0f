"""Delays (연기): wished, asked for, decided; adjustments of a promise."""
