"""Who may see and do what: every verb, question, list and page, for everybody who might try."""
