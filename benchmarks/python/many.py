"""A server of many devices with ten attributes each, in the part of the API that all bindings have."""

from tango.server import Device, attribute, run


class Many(Device):
    """Ten attributes of the usual kinds."""

    a = attribute(dtype=float)
    b = attribute(dtype=float, unit="V", label="voltage")
    c = attribute(dtype=int)
    d = attribute(dtype=str)
    e = attribute(dtype=bool)
    f = attribute(dtype=(float,), max_dim_x=1024)
    g = attribute(dtype=((int,),), max_dim_x=1024, max_dim_y=1024)
    h = attribute(dtype=float, fset="write_h", min_value=0, max_value=10)
    i = attribute(dtype=int, fset="write_h", polling_period=0)
    j = attribute(dtype=float, doc="the last one")

    def read_a(self):
        """Return something; nobody asks."""
        return 0

    read_b = read_c = read_d = read_e = read_f = read_g = read_h = read_i = read_j = read_a

    def write_h(self, value):
        """Take something."""


if __name__ == "__main__":
    run((Many,))
