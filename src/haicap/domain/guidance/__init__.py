"""Cẩm nang, hỏi đáp, thông báo: what officers and citizens are told, by whom it was approved, and what it rests on."""
