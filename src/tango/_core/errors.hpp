// C++ exceptions as data, so that one Cython function can turn them into Python exceptions.
#pragma once

#include "compat.hpp"

#include <new>
#include <sstream>
#include <string>

namespace tangopy {

// In the order of tango.errors.CXX_ORDER.
enum class ErrorKind {
    dev_failed,
    connection_failed,
    communication_failed,
    wrong_name_syntax,
    non_db_device,
    wrong_data,
    non_supported_feature,
    asyn_call,
    asyn_reply_not_arrived,
    event_system_failed,
    device_unlocked,
    not_allowed,
    no_memory,
    out_of_range,
    other,
};

struct Caught {
    ErrorKind kind = ErrorKind::other;
    Tango::DevErrorList errors;
    std::string text;
};

inline void add_error(Tango::DevErrorList &errors, const char *reason, const std::string &desc, const char *origin) {
    CORBA::ULong n = errors.length();
    errors.length(n + 1);
    errors[n].reason = CORBA::string_dup(reason);
    errors[n].desc = CORBA::string_dup(desc.c_str());
    errors[n].origin = CORBA::string_dup(origin);
    errors[n].severity = Tango::ERR;
}

// Looks at the C++ exception that is being handled; call it inside a catch block only.
inline Caught caught() {
    Caught result;
    auto tango = [&result](ErrorKind kind, const Tango::DevErrorList &errors) {
        result.kind = kind;
        result.errors = errors;
    };
    try {
        throw;
    } catch (const Tango::ConnectionFailed &e) {
        tango(ErrorKind::connection_failed, e.errors);
    } catch (const Tango::CommunicationFailed &e) {
        tango(ErrorKind::communication_failed, e.errors);
    } catch (const Tango::WrongNameSyntax &e) {
        tango(ErrorKind::wrong_name_syntax, e.errors);
    } catch (const Tango::NonDbDevice &e) {
        tango(ErrorKind::non_db_device, e.errors);
    } catch (const Tango::WrongData &e) {
        tango(ErrorKind::wrong_data, e.errors);
    } catch (const Tango::NonSupportedFeature &e) {
        tango(ErrorKind::non_supported_feature, e.errors);
    } catch (const Tango::AsynCall &e) {
        tango(ErrorKind::asyn_call, e.errors);
    } catch (const Tango::AsynReplyNotArrived &e) {
        tango(ErrorKind::asyn_reply_not_arrived, e.errors);
    } catch (const Tango::EventSystemFailed &e) {
        tango(ErrorKind::event_system_failed, e.errors);
    } catch (const Tango::DeviceUnlocked &e) {
        tango(ErrorKind::device_unlocked, e.errors);
    } catch (const Tango::NotAllowed &e) {
        tango(ErrorKind::not_allowed, e.errors);
    } catch (const Tango::DevFailed &e) {
        tango(ErrorKind::dev_failed, e.errors);
    } catch (const CORBA::Exception &e) {
        result.kind = ErrorKind::dev_failed;
        std::ostringstream text;
        text << "CORBA exception " << e._name();
        if (const auto *system = CORBA::SystemException::_downcast(&e)) {
            text << " (minor code " << system->minor() << ", completed " << system->completed() << ")";
        }
        add_error(result.errors, "API_CorbaException", text.str(), "omniORB");
    } catch (const omni_thread_fatal &e) {
        result.text = "omni_thread error " + std::to_string(e.error);
    } catch (const std::bad_alloc &) {
        result.kind = ErrorKind::no_memory;
    } catch (const std::out_of_range &e) {
        result.kind = ErrorKind::out_of_range;
        result.text = e.what();
    } catch (const std::exception &e) {
        result.text = e.what();
    } catch (...) {
        result.text = "an unknown C++ exception";
    }
    return result;
}

// The parts of one error of a list, for reading and writing.
inline const char *error_reason(const Tango::DevErrorList &errors, unsigned i) { return errors[i].reason.in(); }
inline const char *error_desc(const Tango::DevErrorList &errors, unsigned i) { return errors[i].desc.in(); }
inline const char *error_origin(const Tango::DevErrorList &errors, unsigned i) { return errors[i].origin.in(); }
inline int error_severity(const Tango::DevErrorList &errors, unsigned i) { return errors[i].severity; }

inline void set_error(Tango::DevErrorList &errors, unsigned i, const std::string &reason, const std::string &desc,
                      const std::string &origin, int severity) {
    errors[i].reason = CORBA::string_dup(reason.c_str());
    errors[i].desc = CORBA::string_dup(desc.c_str());
    errors[i].origin = CORBA::string_dup(origin.c_str());
    errors[i].severity = static_cast<Tango::ErrSeverity>(severity);
}

} // namespace tangopy
