"""Cẩm nang, hỏi đáp, thông báo: the book, answers by topic, notices; as pages, on paper, as files."""
