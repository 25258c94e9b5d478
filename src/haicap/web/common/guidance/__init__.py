"""Cẩm nang, hỏi đáp, thông báo as the doors show them: words, text with links, the book for reading without a network."""
