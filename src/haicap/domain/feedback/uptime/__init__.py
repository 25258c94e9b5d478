"""Hệ thống và sự cố: kinds, states and moves of incidents, and the packaged list of systems. Pure but for event kinds."""
