"""Zhengzhou from August to November 2019, made by rule from a seed: the campaign of the article as history.

`plan` is plain data and arithmetic: how many of what, where and when, so that what is counted afterwards is what
the article prints. `load` carries the plan out through the commands of everyday life. Begin with article.py.
"""
