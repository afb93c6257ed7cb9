"""Let ``python -m tango.databaseds`` start the database server."""

from tango.databaseds.database import main

if __name__ == "__main__":
    main()
