// Lines in the log of a device, with the place in the source that wrote them.
#pragma once

#include "compat.hpp"

#include <cstdio>
#include <ctime>
#include <memory>

namespace tangopy {

#if TANGOPY_LOG_HAS_SOURCE

inline void write_log(log4tango::Logger &logger, int level, const std::string &file, int line, const std::string &text) {
    logger.log_unconditionally(file, line, static_cast<log4tango::Level::Value>(level), text);
}

#else

// cppTango 9.3 has no place for the source in a line of the log. On consoles the lines of Python devices look as those of
// cppTango 10 do: this layout finds out from the thread where the line was written.
class SourceLayout final : public log4tango::Layout {
public:
    std::string format(const log4tango::LoggingEvent &event) override {
        std::time_t seconds = event.timestamp.get_seconds();
        std::tm local{};
        localtime_r(&seconds, &local);
        char date[32], fraction[8], zone[8];
        std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &local);
        std::snprintf(fraction, sizeof fraction, ",%06u", static_cast<unsigned>(event.timestamp.get_microseconds()) % 1000000);
        std::strftime(zone, sizeof zone, "%z", &local);
        std::string where = present() == nullptr ? "" : " (" + *present() + ")";
        return std::string(date) + fraction + zone + " " + log4tango::Level::get_name(event.level) + where + " " +
               event.logger_name + " " + event.message;
    }

    // Where the calling thread is writing a line now.
    static const std::string *&present() {
        static thread_local const std::string *source = nullptr;
        return source;
    }
};

// Gives the consoles of a logger the layout. The lock is the one under which the library writes.
struct OpenLogger : log4tango::Logger {
    static void show_sources(log4tango::Logger &logger) {
        log4tango::threading::ScopedLock lock(logger.*&OpenLogger::_appendersMutex);
        for (auto &[name, appender] : logger.*&OpenLogger::_appenders) {
            auto *console = name.rfind("console::", 0) == 0 ? dynamic_cast<log4tango::LayoutAppender *>(appender) : nullptr;
            if (console != nullptr && dynamic_cast<SourceLayout *>(&OpenAppender::layout_of(*console)) == nullptr) {
                console->set_layout(new SourceLayout);
            }
        }
    }

private:
    struct OpenAppender : log4tango::LayoutAppender {
        static log4tango::Layout &layout_of(log4tango::LayoutAppender &appender) {
            return (appender.*&OpenAppender::get_layout)();
        }
    };
};

inline void write_log(log4tango::Logger &logger, int level, const std::string &file, int line, const std::string &text) {
    std::string source = file + ":" + std::to_string(line);
    OpenLogger::show_sources(logger);
    SourceLayout::present() = &source;
    // What an appender throws must not leave the pointer behind.
    struct Over {
        ~Over() { SourceLayout::present() = nullptr; }
    } over;
    logger.log_unconditionally(static_cast<log4tango::Level::Value>(level), text);
    std::fflush(stdout); // consoles are written with printf
}

#endif

inline std::unique_ptr<Tango::DevVarStringArray> string_array(const std::vector<std::string> &texts) {
    auto result = std::make_unique<Tango::DevVarStringArray>();
    result->length(static_cast<CORBA::ULong>(texts.size()));
    for (CORBA::ULong i = 0; i < texts.size(); ++i) {
        (*result)[i] = CORBA::string_dup(texts[i].c_str());
    }
    return result;
}

inline void add_logging_target(const std::vector<std::string> &targets) {
    Tango::Logging::add_logging_target(string_array(targets).get());
}
inline void remove_logging_target(const std::vector<std::string> &targets) {
    Tango::Logging::remove_logging_target(string_array(targets).get());
}

// The library takes it for granted that there is a server.
inline void need_server() { Tango::Util::instance(false); }

} // namespace tangopy
