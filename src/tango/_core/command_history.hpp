// The results that the polling of a command has kept, all in one message: how a server packs and a client unpacks them.
//
// cppTango 9.3 loses the results of several types in a server, and in a client reads what is not there: of results that are
// lost, and where all are errors. 10.0 refuses states.
#pragma once

#include "any.hpp"

#include <memory>
#include <vector>

namespace tangopy {

// Adds the result in an Any to those of others; false if it holds another type.
template <class E> bool append_result(typename E::sequence &all, const CORBA::Any &any, bool is_array) {
    auto append = [&](const auto &value) {
        all.length(all.length() + 1);
        all[all.length() - 1] = value;
    };
    if constexpr (E::kind == Kind::encoded) {
        const Tango::DevEncoded *value = nullptr;
        if (!(any >>= value)) {
            return false;
        }
        append(*value);
    } else if (is_array) {
        const typename E::sequence *values = nullptr;
        if (!(any >>= values)) {
            return false;
        }
        CORBA::ULong start = all.length();
        all.length(start + values->length());
        for (CORBA::ULong i = 0; i < values->length(); ++i) {
            all[start + i] = (*values)[i];
        }
    } else if constexpr (E::kind == Kind::text) {
        const char *value = nullptr;
        if (!(any >>= value)) {
            return false;
        }
        append(value);
    } else {
        typename E::element value{};
        if (!scalar_from_any<E>(any, value)) {
            return false;
        }
        append(value);
    }
    return true;
}

// The two arrays of a mixed result, by one function for both kinds.
template <class F> void visit_mixed(int code, F &&function) {
    if (code == Tango::DEVVAR_LONGSTRINGARRAY) {
        function(std::make_unique<Tango::DevVarLongStringArray>(), [](auto &value) -> auto & { return value.lvalue; });
    } else {
        function(std::make_unique<Tango::DevVarDoubleStringArray>(), [](auto &value) -> auto & { return value.dvalue; });
    }
}

template <class Sequence> void append_all(Sequence &all, const Sequence &some) {
    CORBA::ULong start = all.length();
    all.length(start + some.length());
    for (CORBA::ULong i = 0; i < some.length(); ++i) {
        all[start + i] = some[i];
    }
}

// Records as a server had them, the oldest first, as the message for a client, in which the newest result comes first.
inline Tango::DevCmdHistory_4 *packed(const Tango::DevCmdHistoryList &records, int code) {
    auto history = std::make_unique<Tango::DevCmdHistory_4>();
    CORBA::ULong count = records.length(), errors = 0;
    history->cmd_type = code;
    history->dates.length(count);
    history->dims.length(count);
    history->dims_array.length(count);
    auto describe = [&](CORBA::ULong i, CORBA::ULong dim_x, CORBA::ULong dim_y) {
        CORBA::ULong at = count - 1 - i;
        history->dims[at].dim_x = static_cast<CORBA::Long>(dim_x);
        history->dims[at].dim_y = static_cast<CORBA::Long>(dim_y);
        history->dims_array[at].start = static_cast<CORBA::Long>(i);
        history->dims_array[at].nb_elt = 1;
    };
    for (CORBA::ULong i = 0; i < count; ++i) {
        history->dates[i] = records[i].time;
        describe(i, 0, 0);
        if (records[i].cmd_failed) {
            history->errors.length(errors + 1);
            history->errors_array.length(errors + 1);
            history->errors[errors] = records[i].errors;
            history->errors_array[errors].start = static_cast<CORBA::Long>(i);
            history->errors_array[errors].nb_elt = 1;
            ++errors;
        }
    }
    const Row *row = row_of(code);
    if (is_mixed(code)) {
        visit_mixed(code, [&](auto all, auto numbers) {
            for (CORBA::ULong i = count; i-- > 0;) {
                const std::remove_reference_t<decltype(*all)> *one = nullptr;
                if (!records[i].cmd_failed && (records[i].value >>= one)) {
                    append_all(all->svalue, one->svalue);
                    append_all(numbers(*all), numbers(*one));
                    describe(i, one->svalue.length(), numbers(*one).length());
                }
            }
            history->value <<= all.release();
        });
    } else if (row != nullptr) {
        visit(row->type, [&](auto element) {
            using E = decltype(element);
            if constexpr (E::kind != Kind::enumeration) {
                auto all = std::make_unique<typename E::sequence>();
                for (CORBA::ULong i = count; i-- > 0;) {
                    CORBA::ULong before = all->length();
                    if (!records[i].cmd_failed && append_result<E>(*all, records[i].value, is_array(code))) {
                        describe(i, all->length() - before, 0);
                    }
                }
                history->value <<= all.release();
            }
        });
    }
    return history.release();
}

// Which of the two types of states a command returns.
inline int type_of_states(const Tango::DevCmdHistoryList &records) {
    for (CORBA::ULong i = 0; i < records.length(); ++i) {
        Tango::DevState state;
        if (!records[i].cmd_failed && (records[i].value >>= state)) {
            return Tango::DEV_STATE;
        }
    }
    return Tango::DEVVAR_STATEARRAY;
}

// The message as records, the oldest first.
inline void unpack(const Tango::DevCmdHistory_4 &history, std::vector<Tango::DeviceDataHistory> &records) {
    auto wrong = [] {
        Tango::Except::throw_exception("API_WrongHistoryDataBuffer", "The history that the server has sent contradicts itself",
                                       "DeviceProxy.command_history");
    };
    CORBA::ULong count = history.dates.length();
    records.resize(count);
    if (history.dims.length() != history.dims_array.length() || history.errors.length() != history.errors_array.length()) {
        wrong();
    }
    // What is told of one record holds for some before it too.
    auto spread = [&](const Tango::EltInArray &range, auto &&use) {
        for (CORBA::Long k = 0; k < range.nb_elt; ++k) {
            CORBA::Long at = range.start - k;
            if (at < 0 || static_cast<CORBA::ULong>(at) >= count) {
                wrong();
            }
            use(static_cast<std::size_t>(at));
        }
    };
    std::vector<std::pair<CORBA::ULong, CORBA::ULong>> dims(count);
    for (CORBA::ULong i = 0; i < history.dims.length(); ++i) {
        const auto &dim = history.dims[i];
        spread(history.dims_array[i], [&](std::size_t at) {
            dims[at] = {static_cast<CORBA::ULong>(dim.dim_x), static_cast<CORBA::ULong>(dim.dim_y)};
        });
    }
    for (CORBA::ULong i = 0; i < history.errors.length(); ++i) {
        spread(history.errors_array[i], [&](std::size_t at) {
            Tango::DevErrorList_var errors = new Tango::DevErrorList(history.errors[i]);
            records[at].failed(true);
            records[at].errors(errors);
        });
    }
    for (CORBA::ULong i = 0; i < count; ++i) {
        Tango::TimeVal time = history.dates[i];
        records[i].set_date(time);
    }

    // Calls `use` for each record with a result, the newest first, with where its elements begin.
    auto each = [&](CORBA::ULong size_x, CORBA::ULong size_y, auto &&use) {
        CORBA::ULong x = 0, y = 0;
        for (CORBA::ULong i = count; i-- > 0;) {
            if (records[i].failed()) {
                continue;
            }
            auto [dim_x, dim_y] = dims[i];
            if (dim_x > size_x - x || dim_y > size_y - y) {
                wrong();
            }
            auto any = std::make_unique<CORBA::Any>();
            use(*any, x, dim_x, y, dim_y);
            records[i].any = any.release();
            x += dim_x;
            y += dim_y;
        }
    };
    int code = static_cast<int>(history.cmd_type);
    const Row *row = row_of(code);
    if (is_mixed(code)) {
        visit_mixed(code, [&](auto none, auto numbers) {
            const std::remove_reference_t<decltype(*none)> *all = nullptr;
            if (history.value >>= all) {
                each(all->svalue.length(), numbers(*all).length(), [&](auto &any, auto x, auto dim_x, auto y, auto dim_y) {
                    put_mixed_in_any(any, code, numbers(*all).get_buffer() + y, dim_y, all->svalue.get_buffer() + x, dim_x);
                });
            }
        });
    } else if (row != nullptr) {
        visit(row->type, [&](auto element) {
            using E = decltype(element);
            if constexpr (E::kind != Kind::enumeration) {
                const typename E::sequence *all = nullptr;
                if (history.value >>= all) {
                    each(all->length(), 0, [&](auto &any, auto x, auto dim_x, auto, auto) {
                        if (is_array(code) || dim_x == 1) {
                            put_in_any(any, code, dim_x == 0 ? nullptr : all->get_buffer() + x, dim_x, true);
                        }
                    });
                }
            }
        });
    }
}

// What a client asks for. The library connects the proxy where that is needed, and says why it cannot.
inline std::vector<Tango::DeviceDataHistory> *command_history(Tango::DeviceProxy &proxy, const std::string &name, int depth) {
    if (proxy.get_idl_version() < 4) {
        return proxy.command_history(lvalue(name), depth);
    }
    auto ask = [&]() -> Tango::DevCmdHistory_4 * {
        Tango::Device_4_var device = Tango::Device_4::_narrow(proxy.get_device().in());
        return CORBA::is_nil(device.in()) ? nullptr : device->command_inout_history_4(name.c_str(), depth);
    };
    Tango::DevCmdHistory_4_var history;
    try {
        history = ask();
    } catch (const CORBA::SystemException &) {
        // the server has gone, and perhaps come back
    }
    if (history.operator->() == nullptr) {
        proxy.ping();
        history = ask();
    }
    auto records = std::make_unique<std::vector<Tango::DeviceDataHistory>>();
    unpack(history.in(), *records);
    return records.release();
}

} // namespace tangopy
