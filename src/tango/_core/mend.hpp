// A repair of cppTango 9.3: events of a server that runs without a database.
//
// Such a server sends its heartbeat under the name of its admin device with "#dbase=no", but tells clients the name without
// that. So a client of this version waits for a heartbeat that never comes, gives up the channel every ten seconds, and in the
// attempt to open it again destroys the proxy of the admin device and goes on using it. With the right name in the library's
// tables all of that works. Later versions need none of this.
#pragma once

#include "compat_events.hpp"

namespace tangopy {

#if !TANGOPY_HAS_NODB_HEARTBEAT

class Tables : Tango::ZmqEventConsumer {
public:
    static void mend() {
        Tango::ApiUtil *api = Tango::ApiUtil::instance();
        if (!api->is_zmq_event_consumer_created() || !broken()) {
            return;
        }
        Tango::ZmqEventConsumer *consumer = api->get_zmq_event_consumer();
        Tango::DelayEvent no_events_meanwhile(consumer);
        WriterLock lock(map_modification_lock);
        for (auto channel = channel_map.begin(); channel != channel_map.end();) {
            auto next = std::next(channel);
            if (wrong(*channel)) {
                rename(consumer, channel);
            }
            channel = next;
        }
    }

private:
    using Channels = std::map<std::string, Tango::EventChannelStruct>;

    static bool wrong(const Channels::value_type &channel) {
        return channel.first.find(MODIFIER_DBASE_NO) == std::string::npos && channel.second.adm_device_proxy != nullptr &&
               !channel.second.adm_device_proxy->is_dbase_used();
    }

    static bool broken() {
        ReaderLock lock(map_modification_lock);
        return std::any_of(channel_map.begin(), channel_map.end(), wrong);
    }

    static void rename(Tango::ZmqEventConsumer *consumer, Channels::iterator channel) {
        const std::string before = channel->first, after = before + MODIFIER_DBASE_NO;
        if (channel_map.count(after) == 0) {
            channel_map[after] = channel->second;
            channel_map[after].full_adm_name = after;
            hear_heartbeat(consumer, after);
        } else {
            delete channel->second.adm_device_proxy;
            delete channel->second.channel_monitor;
        }
        channel_map.erase(channel);
        for (auto &device : device_channel_map) {
            if (device.second == before) {
                device.second = after;
            }
        }
        for (auto &event : event_callback_map) {
            if (event.second.channel_name == before) {
                event.second.channel_name = after;
            }
        }
    }

    // Has the consumer's thread listen for the name that the server really uses.
    static void hear_heartbeat(Tango::ZmqEventConsumer *consumer, std::string name) {
        Tango::EventChannelStruct &channel = channel_map[name];
        const std::size_t endpoint = channel.valid_endpoint;
        // What the server would answer, as far as it is looked at: its version, and its only endpoint.
        auto *answer = new Tango::DevVarLongStringArray;
        answer->lvalue.length(1);
        answer->lvalue[0] = 930;
        answer->svalue.length(4);
        answer->svalue[0] = CORBA::string_dup(channel.endpoint.c_str());
        Tango::DeviceData data;
        data << answer;
        (consumer->*&Tables::connect_event_channel)(name, nullptr, true, data);
        channel.valid_endpoint = endpoint;
    }
};

inline void mend_channels() {
    try {
        Tables::mend();
    } catch (const Tango::DevFailed &) {
        // The consumer's thread did not answer: it ends, and the events with it.
    }
}

#else

inline void mend_channels() {}

#endif

} // namespace tangopy
