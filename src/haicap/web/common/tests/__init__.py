"""Tests of the design system: drawings, words, pages."""
