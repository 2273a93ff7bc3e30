"""What a question demands of a piece, read from its words and asked of the catalogue's rows."""
