"""Phản ánh ở bàn quản trị: the routing table, figures of organs, every ticket the officer may see."""
