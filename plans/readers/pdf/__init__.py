""".pdf with text: characters, rules and shadings from PDFium; tables, lines and columns are our own."""
