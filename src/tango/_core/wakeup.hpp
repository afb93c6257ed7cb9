// One file descriptor by which C++ threads wake an event loop: an eventfd where there are such, else one end of a socket pair.
#pragma once

#include "compat.hpp"

#include <cstdint>

#if defined(_WIN32)
#include <winsock2.h>
#else
#include <sys/socket.h>
#include <unistd.h>
#endif
#if defined(__linux__)
#include <sys/eventfd.h>
#endif

namespace tangopy {

class Wakeup {
public:
#if defined(__linux__)
    static constexpr bool has_eventfd = true;
    Wakeup() : reader_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)), writer_(reader_) {}
#else
    static constexpr bool has_eventfd = false;
    Wakeup() = default;
#endif
    // Takes a pair of connected, non-blocking sockets over.
    Wakeup(long long reader, long long writer) : reader_(reader), writer_(writer) {}
    Wakeup(const Wakeup &) = delete;
    Wakeup &operator=(const Wakeup &) = delete;

    ~Wakeup() {
        if (reader_ >= 0) {
            close_socket(reader_);
        }
        if (writer_ != reader_) {
            close_socket(writer_);
        }
    }

    // What the loop watches; negative if there could be none.
    long long fd() const noexcept { return reader_; }

    void ring() const noexcept {
#if defined(__linux__)
        if (writer_ == reader_) {
            const std::uint64_t one = 1;
            (void)!::write(static_cast<int>(writer_), &one, sizeof(one));
            return;
        }
#endif
        // A full buffer is as good: the other end is awake already.
        const char byte = 0;
        (void)::send(static_cast<Socket>(writer_), &byte, 1, flags);
    }

    void silence() const noexcept {
#if defined(__linux__)
        if (writer_ == reader_) {
            std::uint64_t count = 0;
            (void)!::read(static_cast<int>(reader_), &count, sizeof(count));
            return;
        }
#endif
        char bytes[64];
        while (::recv(static_cast<Socket>(reader_), bytes, sizeof(bytes), 0) == static_cast<int>(sizeof(bytes))) {
        }
    }

private:
#if defined(_WIN32)
    using Socket = SOCKET;
    static constexpr int flags = 0;
    static void close_socket(long long handle) { ::closesocket(static_cast<Socket>(handle)); }
#else
    using Socket = int;
#if defined(MSG_NOSIGNAL)
    static constexpr int flags = MSG_NOSIGNAL;
#else
    static constexpr int flags = 0;
#endif
    static void close_socket(long long handle) { ::close(static_cast<Socket>(handle)); }
#endif
    long long reader_ = -1;
    long long writer_ = -1;
};

} // namespace tangopy
