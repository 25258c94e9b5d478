"""Bài kèm theo: the commune handbook, questions and answers, notices as they come with the program. Pure.

read() → every piece of ../data/*.md, in the order of the files. Their form and what each fact rests on: ../data/README.md
"""

from haicap.domain.guidance.packaged.reading import Packaged, read, read_text

__all__ = ["Packaged", "read", "read_text"]
