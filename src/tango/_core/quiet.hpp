// Keeps one sentence off the standard error stream: cppTango 9.3 complains at each start of a server that there is no
// notification service, which Tango has not needed for many years.
#pragma once

#include <iostream>
#include <streambuf>
#include <string>

namespace tangopy {

class WithoutNotifd final : public std::streambuf {
public:
    WithoutNotifd() : before_(std::cerr.rdbuf(this)) {}
    ~WithoutNotifd() override {
        pass_on();
        std::cerr.rdbuf(before_);
    }

protected:
    int overflow(int letter) override {
        if (letter != traits_type::eof()) {
            line_ += static_cast<char>(letter);
            if (letter == '\n') {
                pass_on();
            }
        }
        return letter;
    }

    int sync() override { return before_->pubsync(); }

private:
    void pass_on() {
        if (line_ != "Can't create notifd event supplier. Notifd event not available\n") {
            before_->sputn(line_.data(), static_cast<std::streamsize>(line_.size()));
        }
        line_.clear();
    }

    std::streambuf *before_;
    std::string line_;
};

} // namespace tangopy
