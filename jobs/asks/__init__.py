"""What is asked of departments (요청): requests, their windows, replies."""
