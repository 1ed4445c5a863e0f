"""What is asked of departments (요청), as people see it."""
