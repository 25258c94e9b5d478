"""Văn bản pháp luật: register, one document, entry by form and by file, what changed, owed documents, problems."""
