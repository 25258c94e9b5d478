"""Thẩm quyền ở bàn làm việc: who decides, what the unit can do, what a rule leaves unclear."""
