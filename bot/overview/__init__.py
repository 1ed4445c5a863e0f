"""What stands where: status, lists, one task, pictures."""
