"""What people read: one page a question, the same numbers as a workbook and as a mail, published whole."""
