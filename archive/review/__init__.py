"""What people do to documents, and what the product tells or asks them about. One act a file."""
