"""What is published: counts and tables, and the text they become."""
