"""What was raised and wants a reply (지시·건의), in words and in chat."""
