// How events leave a server.
//
// cppTango sends a value of 2048 elements or more without copying it and waits, with the device locked, until the network has taken
// it for every subscriber. A subscriber that hangs holds up the device as long as it hangs; one that ends in that moment holds it up
// for ever: what was meant for it is freed when the socket is used next, by the one who waits.
//
// So the library gets one end of a pipe within the process for its socket. A thread takes out what it sends, copies large values, which
// ends the wait, and sends all to the subscribers, each of which may be as slow as it likes.
#pragma once

#include "native_thread.hpp"
#include "singletons.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <zmq.hpp>

namespace tangopy {

struct EventSocket {
    friend auto lent(EventSocket);
};
template struct Lent<EventSocket, &Tango::ZmqEventSupplier::event_pub_sock>;

class EventPost {
    using Clock = std::chrono::steady_clock;

public:
    // What is shorter the library has copied.
    static constexpr std::size_t large = 2048;
    // When more bytes of large values wait for slow subscribers than may, the library has to wait again, but only so long; then
    // large values are dropped, and subscribers are told that they have missed events.
    static constexpr std::chrono::milliseconds patience{500};

    // Takes over from a socket that nobody uses yet.
    explicit EventPost(zmq::socket_t &socket) : intake_(context_, ZMQ_PAIR), publisher_(context_, ZMQ_PUB) {
        char endpoint[256];
        std::size_t size = sizeof endpoint;
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &size);
        for (int option : {ZMQ_LINGER, ZMQ_SNDHWM}) {
            int value = 0;
            size = sizeof value;
            zmq_getsockopt(socket, option, &value, &size);
            zmq_setsockopt(publisher_, option, &value, size);
        }
        socket.close();
        listen(endpoint);
        zmq::socket_t pipe(context_, ZMQ_PAIR);
        intake_.bind("inproc://events");
        pipe.connect("inproc://events");
        socket = std::move(pipe);
        thread_ = native_thread([this] { run(); });
    }

    // Not before the library has closed its end.
    ~EventPost() {
        zmq_ctx_shutdown(static_cast<void *>(context_));
        thread_.join();
    }

    EventPost(const EventPost &) = delete;
    EventPost &operator=(const EventPost &) = delete;

private:
    struct Part : zmq_msg_t {
        Part() { zmq_msg_init(this); }
        Part(Part &&other) noexcept : Part() { zmq_msg_move(this, &other); }
        ~Part() { zmq_msg_close(this); }
    };

    // The bytes come behind it.
    struct Copy {
        std::atomic<std::size_t> &waiting;
        std::size_t size;

        static void forget(void *, void *hint) {
            auto *copy = static_cast<Copy *>(hint);
            copy->waiting -= copy->size;
            std::free(copy);
        }
    };

    // In mebibytes by the environment, as the library's own limit of events is.
    static std::size_t limit() {
        const char *given = std::getenv("TANGO_DS_EVENT_BACKLOG");
        long mebibytes = given == nullptr ? 0 : std::atol(given);
        return static_cast<std::size_t>(mebibytes > 0 ? mebibytes : 512) << 20;
    }

    // The library's socket had this address until a moment ago.
    void listen(const char *endpoint) {
        for (auto end = Clock::now() + std::chrono::seconds(5); zmq_bind(publisher_, endpoint) != 0;) {
            if (zmq_errno() != EADDRINUSE || Clock::now() > end) {
                Tango::Except::throw_exception("API_ZmqFailed",
                                               std::string("the server cannot listen for subscribers to events on ") + endpoint + ": " +
                                                   zmq_strerror(zmq_errno()),
                                               "Util.server_init");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    void run() {
        omni_thread::ensure_self known_to_omni; // the library asks who frees its messages
        // The publisher has nothing to read, but this is how it learns who comes and goes.
        zmq_pollitem_t items[] = {{intake_, 0, ZMQ_POLLIN, 0}, {publisher_, 0, ZMQ_POLLIN, 0}};
        while (zmq_poll(items, 2, -1) >= 0 || zmq_errno() != ETERM) {
            while (take()) {
                send();
            }
        }
        intake_.close();
        publisher_.close();
    }

    // False if no event is there.
    bool take() {
        parts_.clear();
        do {
            parts_.emplace_back();
            if (zmq_msg_recv(&parts_.back(), intake_, parts_.size() == 1 ? ZMQ_DONTWAIT : 0) < 0) {
                return false;
            }
        } while (zmq_msg_more(&parts_.back()));
        if (parts_.size() == 4) {
            number(parts_[0], parts_[2]);
        }
        return true;
    }

    // Subscribers see from the number, which comes behind that of the protocol, whether they have missed an event. A server of
    // cppTango 9.3 without a database has none, since it looks for it under another name than it keeps it.
    void number(Part &name, Part &call) {
        std::uint32_t number;
        char *place = static_cast<char *>(zmq_msg_data(&call)) + sizeof number;
        if (zmq_msg_size(&call) >= 2 * sizeof number && std::memcpy(&number, place, sizeof number) && number == 0) {
            number = ++numbers_[std::string(static_cast<char *>(zmq_msg_data(&name)), zmq_msg_size(&name))];
            std::memcpy(place, &number, sizeof number);
        }
    }

    void send() {
        Part &value = parts_.back();
        const std::size_t size = zmq_msg_size(&value);
        if (size >= large && !(has_room(size) && copy(value))) {
            return;
        }
        for (Part &part : parts_) {
            zmq_msg_send(&part, publisher_, &part == &parts_.back() ? 0 : ZMQ_SNDMORE);
        }
    }

    bool has_room(std::size_t size) {
        auto fits = [&] { return waiting_ == 0 || waiting_ + size <= most_waiting_; };
        zmq_pollitem_t item{publisher_, 0, ZMQ_POLLIN, 0};
        for (auto end = Clock::now() + patience; patient_ && !fits() && Clock::now() < end;) {
            zmq_poll(&item, 1, 5);
        }
        if (patient_ != fits()) {
            patient_ = !patient_;
            tell();
        }
        return patient_;
    }

    void tell() const {
        log4tango::Logger *logger = Tango::Logging::get_core_logger();
        if (logger != nullptr && logger->is_warn_enabled()) {
            logger->warn_stream() << (patient_ ? "events with large values are sent again"
                                               : "events with large values are dropped, since subscribers do not take them");
        }
    }

    bool copy(Part &value) {
        const std::size_t size = zmq_msg_size(&value);
        void *memory = std::malloc(sizeof(Copy) + size);
        if (memory == nullptr) {
            return false;
        }
        auto *copy = new (memory) Copy{waiting_, size};
        std::memcpy(copy + 1, zmq_msg_data(&value), size);
        waiting_ += size;
        zmq_msg_close(&value);
        zmq_msg_init_data(&value, copy + 1, size, Copy::forget, copy);
        return true;
    }

    const std::size_t most_waiting_ = limit();
    std::atomic<std::size_t> waiting_{0};
    bool patient_ = true;
    std::vector<Part> parts_;
    std::map<std::string, std::uint32_t> numbers_;
    zmq::context_t context_;
    zmq::socket_t intake_, publisher_;
    std::thread thread_;
};

// Only the util module may ask.
inline EventPost *&event_post() {
    static EventPost *post = nullptr;
    return post;
}

// cppTango opens the socket for events in the course of the first subscription, after the attribute counts as subscribed. A
// polling thread, or a push, that has an event in between would send it through no socket, and end the process. Earlier than
// after server_init() the library cannot.
inline void open_event_socket(Tango::Util &util) {
    Tango::ZmqEventSupplier &supplier = *util.get_zmq_event_supplier();
    zmq::socket_t *&socket = supplier.*lent(EventSocket{});
    if (socket == nullptr) {
        supplier.create_event_socket();
        event_post() = new EventPost(*socket);
    }
}

// When the library's supplier of events has been deleted.
inline void close_event_post() {
    delete event_post();
    event_post() = nullptr;
}

} // namespace tangopy
