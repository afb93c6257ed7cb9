"""The Tango database as a device server on top of a SQLite file.

``python -m tango.databaseds.database INSTANCE`` starts it; see :mod:`tango.databaseds.database`.
"""
