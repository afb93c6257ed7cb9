"""What is told when threads that serve requests come and go."""

from __future__ import annotations

__all__ = ["Interceptors"]


class Interceptors:
    """Base for what is told when a thread that serves requests begins and ends; see :meth:`tango.Util.set_interceptors`."""

    def create_thread(self) -> None:
        """Do what is due in a thread that begins."""

    def delete_thread(self) -> None:
        """Do what is due in a thread that ends."""
