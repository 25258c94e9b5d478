"""Sổ thẩm quyền ở cửa quản trị: register, entry of tables, findings, the cliff, overviews."""
