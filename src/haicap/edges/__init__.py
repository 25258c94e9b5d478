"""Edges: the network and other systems. Technical rows only."""
