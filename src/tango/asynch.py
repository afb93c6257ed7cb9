"""Asynchronous calls: a request is sent, and its answer is asked for later or given to a callback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tango._asynch_requests import PolledRequests, callbacks, pending_requests
from tango._callables import require_call
from tango._core import operations
from tango._core.attribute_data import AttributeReply, DeviceAttribute
from tango._core.command_data import DeviceData
from tango._core.connection import ConnectionCore
from tango._operations import pairs_of
from tango.enums import ExtractAs, GreenMode, asyn_req_type
from tango.errors import DevFailed, Except, NamedDevFailed, NamedDevFailedList
from tango.green import blocking, get_green_mode, runner_of
from tango.structs import AttributeInfoEx, AttrReadEvent, AttrWrittenEvent, CmdDoneEvent

if TYPE_CHECKING:
    from tango._core.async_engine import Operation
    from tango.proxy import DeviceProxy

__all__ = ["AsynchAttributes", "AsynchCommands"]


class AsynchCommands(ConnectionCore):
    """Asynchronous commands of a connection.

    Notes
    -----
    Several requests can be on their way at the same time; devices need not handle them in the order in which they were sent.
    """

    _green_mode: GreenMode | None
    defaultCommandExtractAs: ExtractAs  # noqa: N815 (the public name)

    if TYPE_CHECKING:  # Connection has it

        def _command_data(self, cmd_name: str, cmd_param: Any = None) -> DeviceData: ...

    def _polled(self) -> PolledRequests:
        """Return the requests whose answers are asked for."""
        known = self.__dict__.get("_polled_requests")
        if known is None:
            known = self.__dict__.setdefault("_polled_requests", PolledRequests())
        return known  # type: ignore[no-any-return]

    def _check_reachable(self) -> None:
        """Raise what is wrong with a connection that did not work the last time."""

    def command_inout_asynch(self, cmd_name: str, *args: Any) -> int | None:
        """Run a command and do not wait for its result.

        There are five forms::

            command_inout_asynch(cmd_name)
            command_inout_asynch(cmd_name, cmd_param)
            command_inout_asynch(cmd_name, cmd_param, forget)
            command_inout_asynch(cmd_name, callback)
            command_inout_asynch(cmd_name, cmd_param, callback)

        Parameters
        ----------
        cmd_name : str
            Name of the command.
        cmd_param : object, optional
            Its argument, as for :meth:`command_inout`; None for a command without one.
        forget : bool, optional
            True if nobody will ask for the result. Then a lost connection is not made again.
        callback : callable or object with a method cmd_ended, optional
            It is called with a :class:`tango.CmdDoneEvent`: inside :meth:`get_asynch_replies`, or by a thread if that was
            asked for with :meth:`tango.ApiUtil.set_asynch_cb_sub_model`. What it raises goes to `sys.unraisablehook`.

        Returns
        -------
        int or None
            A number for :meth:`command_inout_reply`, 0 if the result is forgotten; None if there is a callback.

        Raises
        ------
        TypeError
            If the argument does not fit the type of the command, or there are too many.
        ConnectionFailed
            If the device cannot be reached, as far as that is known now.
        """
        if len(args) > 2:
            raise TypeError(f"Wrong number of attributes! command_inout_asynch() takes 3 at most, not {len(args) + 1}")
        function = _function(args[-1], "cmd_ended") if args else None
        if function is not None:
            require_call(function, "callback", "one argument, the reply", 1)
        param = None if not args or (function is not None and len(args) == 1) else args[0]
        self._check_reachable()
        data = self._command_data(cmd_name, param)
        if function is None and len(args) == 2 and args[1]:
            self._command_forget(cmd_name, data)
            return 0
        operation = operations.raw_command_operation(self, cmd_name, data)
        if function is None:
            return self._polled().send("a command", operation)
        extract_as = self.defaultCommandExtractAs

        def event(reply: Any, error: BaseException | None) -> CmdDoneEvent:
            report = CmdDoneEvent(device=self, cmd_name=cmd_name, err=error is not None)
            if error is None:
                report.argout = reply._take(extract_as)
            else:
                report._failure, report.errors = error, _stack(error)
            return report

        callbacks.send(self, operation, self._listening(function), event)
        return None

    def _listening(self, function: Callable[[Any], Any], green_mode: GreenMode | None = None) -> Callable[[Any], Any]:
        """Return a function for the thread that has the answer, which calls a callback as the green mode wants it."""
        mode = self._green_mode if green_mode is None else green_mode
        return runner_of(get_green_mode() if mode is None else mode).listen(function)

    def command_inout_reply(self, idx: int, timeout: int | None = None) -> Any:
        """Return the result of a command.

        Parameters
        ----------
        idx : int
            What :meth:`command_inout_asynch` returned.
        timeout : int, optional
            How long to wait, in milliseconds; 0 for as long as it takes. Without it the result must be there.

        Returns
        -------
        object
            What the command returned, as for :meth:`command_inout`.

        Raises
        ------
        AsynReplyNotArrived
            If the result is not there; it can be asked for again.
        AsynCall
            If there is no such request, or not a command.
        DevFailed
            If the command failed.
        """
        return self.command_inout_reply_raw(idx, timeout)._take(self.defaultCommandExtractAs)

    def command_inout_reply_raw(self, id: int, timeout_ms: int | None = None) -> DeviceData:
        """Return the result of a command as it came.

        Parameters
        ----------
        id : int
            What :meth:`command_inout_asynch` returned.
        timeout_ms : int, optional
            How long to wait, in milliseconds; 0 for as long as it takes. Without it the result must be there.

        Returns
        -------
        DeviceData
            The result; ``extract()`` gives its value.

        Raises
        ------
        AsynReplyNotArrived
            If the result is not there; it can be asked for again.
        AsynCall
            If there is no such request, or not a command.
        DevFailed
            If the command failed.
        """
        result: DeviceData = self._polled().reply("a command", id, timeout_ms, self._dev_name())
        return result

    def get_asynch_replies(self, call_timeout: int | None = None) -> None:
        """Run the callbacks of asynchronous calls whose answers have arrived.

        Parameters
        ----------
        call_timeout : int, optional
            How long to wait for the others, in milliseconds; 0 for as long as it takes. Without it they are not waited for.

        Raises
        ------
        AsynReplyNotArrived
            If answers are still missing after that time.
        """
        if call_timeout is None:
            callbacks.fire(self)
        else:
            callbacks.fire_all(call_timeout, self)

    def cancel_asynch_request(self, id: int) -> None:
        """Forget an asynchronous request without a callback; what the device does already goes on.

        Parameters
        ----------
        id : int
            What the call returned.

        Raises
        ------
        AsynCall
            If there is no such request.
        """
        self._polled().cancel(id)

    def cancel_all_polling_asynch_request(self) -> None:
        """Forget all asynchronous requests of this connection without a callback."""
        self._polled().cancel_all()


class AsynchAttributes:
    """Asynchronous reads and writes of a device proxy."""

    def _check_reachable(self: DeviceProxy) -> None:  # type: ignore[misc]
        if not self._has_connection():
            self._ping()

    # --- reading --------------------------------------------------------------------------------------------------------

    def read_attribute_asynch(  # type: ignore[misc]
        self: DeviceProxy,
        attr_name: str,
        cb: Any = None,
        extract_as: ExtractAs = ExtractAs.Numpy,
        *,
        green_mode: GreenMode | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
    ) -> int | None:
        """Read an attribute and do not wait for its value.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.
        cb : callable or object with a method attr_read, optional
            It is called with a :class:`tango.AttrReadEvent`: inside :meth:`get_asynch_replies`, or by a thread if that was
            asked for with :meth:`tango.ApiUtil.set_asynch_cb_sub_model`. What it raises goes to `sys.unraisablehook`.
        extract_as : ExtractAs, optional
            The form of arrays for the callback.
        green_mode, wait, timeout : optional
            As for all calls that wait for the network, which this one does if the connection is lost.

        Returns
        -------
        int or None
            A number for :meth:`read_attribute_reply`; None if there is a callback.

        Raises
        ------
        ConnectionFailed
            If the device cannot be reached, as far as that is known now.
        TypeError
            If the callback cannot be called.
        """
        if not isinstance(attr_name, (str, bytes)):
            raise TypeError(f"the name of an attribute is a str, not {type(attr_name).__name__} {attr_name!r:.60}")
        return self.read_attributes_asynch(
            [attr_name], cb, extract_as, green_mode=green_mode, wait=wait, timeout=timeout
        )

    def read_attributes_asynch(  # type: ignore[misc]
        self: DeviceProxy,
        attr_names: Sequence[str],
        cb: Any = None,
        extract_as: ExtractAs = ExtractAs.Numpy,
        *,
        green_mode: GreenMode | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
    ) -> int | None:
        """Read several attributes with one request and do not wait for their values.

        Parameters
        ----------
        attr_names : sequence of str
            Names of the attributes.
        cb, extract_as, green_mode, wait, timeout
            As for :meth:`read_attribute_asynch`.

        Returns
        -------
        int or None
            A number for :meth:`read_attributes_reply`; None if there is a callback.

        Raises
        ------
        ConnectionFailed
            If the device cannot be reached, as far as that is known now.
        TypeError
            If the callback cannot be called, or the names are of another type.
        """
        function = None if cb is None else self._listening(_needed_function(cb, "attr_read"), green_mode)
        return self._send_read(attr_names, function, extract_as, green_mode=green_mode, wait=wait, timeout=timeout)  # type: ignore[call-arg]

    @blocking
    def _send_read(  # type: ignore[misc]
        self: DeviceProxy, names: Sequence[str], function: Callable[[Any], Any] | None, extract_as: ExtractAs
    ) -> int | None:
        self._check_reachable()
        operation = operations.read_later_operation(self, names)

        def event(replies: Any, error: BaseException | None) -> AttrReadEvent:
            values = [reply.get(extract_as) for reply in replies or ()]
            # as the library has it: one entry for each attribute that failed, the details are in its value
            errors = tuple(value.get_err_stack()[-1] for value in values if value.has_failed)
            return AttrReadEvent(
                device=self,
                attr_names=list(names),
                argout=values,
                err=error is not None or bool(errors),
                errors=errors if error is None else _stack(error),
            )

        if function is None:
            return self._polled().send("a read", operation)
        callbacks.send(self, operation, function, event)
        return None

    @blocking
    def read_attribute_reply(  # type: ignore[misc]
        self: DeviceProxy, id: int, poll_timeout: int | None = None, extract_as: ExtractAs = ExtractAs.Numpy
    ) -> DeviceAttribute:
        """Return the attribute that an asynchronous read has brought.

        Parameters
        ----------
        id : int
            What :meth:`read_attribute_asynch` returned.
        poll_timeout : int, optional
            How long to wait, in milliseconds; 0 for as long as it takes. Without it the value must be there.
        extract_as : ExtractAs, optional
            The form of arrays; may also be the second argument.

        Returns
        -------
        DeviceAttribute
            The attribute.

        Raises
        ------
        AsynReplyNotArrived
            If the value is not there; it can be asked for again.
        AsynCall
            If there is no such request, or not a read.
        DevFailed
            If the read failed.
        """
        reply, extract_as = self._read_reply(id, poll_timeout, extract_as)
        if reply[0].errors:
            raise DevFailed(*reply[0].errors)
        return reply[0].get(extract_as)

    @blocking
    def read_attributes_reply(  # type: ignore[misc]
        self: DeviceProxy, id: int, poll_timeout: int | None = None, extract_as: ExtractAs = ExtractAs.Numpy
    ) -> list[DeviceAttribute]:
        """Return the attributes that an asynchronous read has brought.

        Parameters
        ----------
        id : int
            What :meth:`read_attributes_asynch` returned.
        poll_timeout : int, optional
            How long to wait, in milliseconds; 0 for as long as it takes. Without it the values must be there.
        extract_as : ExtractAs, optional
            The form of arrays; may also be the second argument.

        Returns
        -------
        list of DeviceAttribute
            In the order of the names. An attribute that failed has ``has_failed`` set and does not raise.

        Raises
        ------
        AsynReplyNotArrived
            If the values are not there; they can be asked for again.
        AsynCall
            If there is no such request, or not a read.
        DevFailed
            If the whole read failed.
        """
        replies, extract_as = self._read_reply(id, poll_timeout, extract_as)
        return [reply.get(extract_as) for reply in replies]

    def _read_reply(  # type: ignore[misc]
        self: DeviceProxy, id: int, poll_timeout: int | ExtractAs | None, extract_as: ExtractAs
    ) -> tuple[list[AttributeReply], ExtractAs]:
        if isinstance(poll_timeout, ExtractAs):
            extract_as, poll_timeout = poll_timeout, None
        return self._polled().reply("a read", id, poll_timeout, self._dev_name()), extract_as

    # --- writing --------------------------------------------------------------------------------------------------------

    def write_attribute_asynch(  # type: ignore[misc]
        self: DeviceProxy,
        attr: str | AttributeInfoEx,
        value: Any,
        cb: Any = None,
        *,
        green_mode: GreenMode | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
    ) -> int | None:
        """Write an attribute and do not wait until it is done.

        Parameters
        ----------
        attr : str or AttributeInfoEx
            Name of the attribute, or its configuration; with the latter the device is not asked for it.
        value : object
            A value that fits the type and format of the attribute.
        cb : callable or object with a method attr_written, optional
            It is called with a :class:`tango.AttrWrittenEvent`, as for :meth:`read_attribute_asynch`.
        green_mode, wait, timeout : optional
            As for all calls that wait for the network, which this one does if the type of the attribute is not known yet
            or the connection is lost.

        Returns
        -------
        int or None
            A number for :meth:`write_attribute_reply`; None if there is a callback.

        Raises
        ------
        TypeError, OverflowError
            If the value does not fit, or the callback cannot be called.
        DevFailed
            If there is no such attribute, or the device cannot be reached, as far as that is known now.
        """
        function = None if cb is None else self._listening(_needed_function(cb, "attr_written"), green_mode)
        return self._send_write([(attr, value)], function, True, green_mode=green_mode, wait=wait, timeout=timeout)  # type: ignore[call-arg]

    def write_attributes_asynch(  # type: ignore[misc]
        self: DeviceProxy,
        attr_values: Sequence[tuple[str | AttributeInfoEx, Any]],
        cb: Any = None,
        *,
        green_mode: GreenMode | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
    ) -> int | None:
        """Write several attributes with one request and do not wait until it is done.

        Parameters
        ----------
        attr_values : sequence of tuple
            Pairs of a name, or configuration, and a value.
        cb, green_mode, wait, timeout
            As for :meth:`write_attribute_asynch`.

        Returns
        -------
        int or None
            A number for :meth:`write_attributes_reply`; None if there is a callback.

        Raises
        ------
        TypeError, OverflowError
            If a value does not fit, or the callback cannot be called.
        DevFailed
            If there is no such attribute, or the device cannot be reached, as far as that is known now.
        """
        function = None if cb is None else self._listening(_needed_function(cb, "attr_written"), green_mode)
        return self._send_write(attr_values, function, False, green_mode=green_mode, wait=wait, timeout=timeout)  # type: ignore[call-arg]

    @blocking
    def _send_write(  # type: ignore[misc]
        self: DeviceProxy, pairs: Any, function: Callable[[Any], Any] | None, single: bool
    ) -> int | None:
        self._check_reachable()
        pairs = pairs_of(pairs)
        operation = self._write_later(*pairs[0]) if single else self._write_many_later(pairs)

        def event(nothing: Any, error: BaseException | None) -> AttrWrittenEvent:
            report = AttrWrittenEvent(device=self, attr_names=[_name(attr) for attr, _ in pairs], err=error is not None)
            report.errors = NamedDevFailedList(err_list=_failed_writes(operation, error, pairs))
            return report

        if function is None:
            return self._polled().send("a write", operation)
        callbacks.send(self, operation, function, event)
        return None

    @blocking
    def write_attribute_reply(  # type: ignore[misc]
        self: DeviceProxy, id: int, poll_timeout: int | None = None
    ) -> None:
        """Make sure that an asynchronous write is done.

        Parameters
        ----------
        id : int
            What :meth:`write_attribute_asynch` or :meth:`write_attributes_asynch` returned.
        poll_timeout : int, optional
            How long to wait, in milliseconds; 0 for as long as it takes. Without it the write must be done.

        Raises
        ------
        AsynReplyNotArrived
            If it is not done; it can be asked for again.
        AsynCall
            If there is no such request, or not a write.
        DevFailed
            If the write failed.
        """
        self._polled().reply("a write", id, poll_timeout, self._dev_name())

    @blocking
    def write_attributes_reply(  # type: ignore[misc]
        self: DeviceProxy, id: int, poll_timeout: int | None = None
    ) -> None:
        """Make sure that an asynchronous write of several attributes is done.

        Parameters
        ----------
        id, poll_timeout
            As for :meth:`write_attribute_reply`.

        Raises
        ------
        AsynReplyNotArrived
            If it is not done; it can be asked for again.
        AsynCall
            If there is no such request, or not a write.
        DevFailed
            If one or more writes failed; the others are done.
        """
        self._polled().reply("a write", id, poll_timeout, self._dev_name())

    def pending_asynch_call(self: DeviceProxy, req: asyn_req_type) -> int:  # type: ignore[misc]
        """Return how many asynchronous requests of this proxy have not been asked for, or given to a callback, yet.

        Parameters
        ----------
        req : asyn_req_type
            Which to count: ``POLLING`` (without a callback), ``CALLBACK`` or ``ALL_ASYNCH``.

        Returns
        -------
        int
            Their number.
        """
        return pending_requests(req, self._polled(), self)


def _function(callback: Any, method: str) -> Callable[[Any], Any] | None:
    """Return what to call of a callback: its method, or itself; None if it is none."""
    function = getattr(callback, method, None)
    if callable(function):
        return function  # type: ignore[no-any-return]
    return callback if callable(callback) else None


def _needed_function(callback: Any, method: str) -> Callable[[Any], Any]:
    function = _function(callback, method)
    if function is None:
        raise TypeError(f"a callback is callable or has a method {method}, not {type(callback).__name__} {callback!r:.60}")
    require_call(function, "callback", "one argument, the reply", 1)
    return function


def _stack(error: BaseException) -> tuple[Any, ...]:
    if isinstance(error, DevFailed):
        return error.args
    return Except.to_dev_failed(type(error), error, error.__traceback__).args


def _name(attr: str | AttributeInfoEx) -> str:
    return attr if isinstance(attr, str) else attr.name


def _failed_writes(operation: Operation | None, error: BaseException | None, pairs: Any) -> list[NamedDevFailed]:
    if error is None:
        return []
    if len(pairs) == 1:
        return [NamedDevFailed(name=_name(pairs[0][0]), idx_in_call=0, err_stack=_stack(error))]
    failed = operation.failed() if isinstance(operation, operations.WriteManyOperation) else []
    return [NamedDevFailed(name=name, idx_in_call=place, err_stack=stack) for name, place, stack in failed]
