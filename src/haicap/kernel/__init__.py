"""Kernel: what every room stands on: the record (ledger), people (accounts), attachments (files)."""
