"""What people see: records and lists as text and HTML."""
