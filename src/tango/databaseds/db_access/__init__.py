"""Access to the stored data: one module per kind of storage, chosen with ``--db_access``."""
