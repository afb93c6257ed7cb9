"""A user's hook on its way through an event loop."""

# The result of a hook that was called in a green mode without coroutines; an error if it is one.
cdef object no_coroutine(object result, object work, object mode)
