"""Whom we supervise: one file for each enterprise (一企一档), its premises, workposts and people.

An enterprise is an organisation and has its key, so that an account of the firm, the chain of
assignment and the file all mean the same number. Start reading at workflow.py.
"""
