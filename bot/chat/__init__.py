"""What every command is made of: the turn, its arguments, its buttons, lines and lists, and whose words a message holds."""
