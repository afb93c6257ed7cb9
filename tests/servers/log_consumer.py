"""A device to which others log."""

from serving import serve

from tango.server import Device, attribute, command


class LogConsumer(Device):
    """Keeps the last line."""

    line: list[str] = []

    @attribute(max_dim_x=10)
    def received(self) -> list[str]:
        return self.line

    @command
    def Log(self, line: list[str]) -> None:
        self.line = line

    @command
    def Register(self, name: str) -> None:
        pass

    @command
    def UnRegister(self, name: str) -> None:
        pass


if __name__ == "__main__":
    serve(LogConsumer)
