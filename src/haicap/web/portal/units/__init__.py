"""Đơn vị qua thời gian: browse, one unit, one code, changes between two dates, the reform in figures."""
