"""What was raised and wants a reply (지시·건의): entered, answered, closed with an outcome."""
