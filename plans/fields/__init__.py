"""What the fields of a task hold: their names, amounts of money, people and offices (항목)."""
