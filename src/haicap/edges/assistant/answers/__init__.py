"""Câu trả lời: sentences, each drawn from one record that is in force on the day."""
