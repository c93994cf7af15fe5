"""Official documents (执法文书): drafted from the record, numbered when approved, served, never renumbered.

Begin with `workflow.py` (who may do what), then `drafting.py` (what a paper takes from the record) and
`render.py` (PDF and Word from the same words). 安全生产法 arts. 65, 67; 行政处罚法 arts. 42, 61.
"""
