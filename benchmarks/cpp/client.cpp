// The plain C++ counterpart of ../python/client.py. It obeys one line of standard input at a time,
//   <operation> <calls>
// and answers with one line: the seconds that each of these calls took.
#if __has_include(<tango/tango.h>) && !__has_include(<tango/devapi.h>)
#include <tango/tango.h>
#else
#include <tango.h>
#endif
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace
{

void fail(const std::string &what)
{
    throw std::runtime_error(what);
}

void read_number(Tango::DeviceProxy &proxy)
{
    static std::string name("number");
    Tango::DeviceAttribute reply = proxy.read_attribute(name);
    Tango::DevDouble value = 0;
    if(!(reply >> value) || value == 0)
    {
        fail("number was not read");
    }
}

void write_number(Tango::DeviceProxy &proxy)
{
    static std::string name("number");
    Tango::DeviceAttribute value(name, 3.25);
    proxy.write_attribute(value);
}

void run_twice(Tango::DeviceProxy &proxy)
{
    static std::string name("twice");
    Tango::DeviceData argument;
    argument << 21.0;
    Tango::DeviceData reply = proxy.command_inout(name, argument);
    Tango::DevDouble value = 0;
    if(!(reply >> value) || value != 42.0)
    {
        fail("twice gave a wrong result");
    }
}

void read_image(Tango::DeviceProxy &proxy, std::string name, CORBA::ULong points)
{
    Tango::DeviceAttribute reply = proxy.read_attribute(name);
    Tango::DevVarUShortArray *sequence = nullptr;
    if(!(reply >> sequence))
    {
        fail(name + " was not read");
    }
    std::unique_ptr<Tango::DevVarUShortArray> owner(sequence);
    if(sequence->length() < points || (*sequence)[points - 1] != 7)
    {
        fail(name + " has a wrong value");
    }
}

// Waits for the events of the attribute "told", whose value counts them.
class Listener : public Tango::CallBack
{
public:
    explicit Listener(Tango::DeviceProxy &proxy) :
        proxy_(proxy),
        id_(proxy.subscribe_event("told", Tango::CHANGE_EVENT, this))
    {
        std::unique_lock<std::mutex> lock(mutex_);
        const Tango::DevDouble first = last_;
        do // what is sent before ZeroMQ has connected is lost
        {
            lock.unlock();
            tell(2);
            lock.lock();
        } while(!changed_.wait_for(lock, std::chrono::milliseconds(100), [&] { return last_ > first; }));
    }

    ~Listener() override { proxy_.unsubscribe_event(id_); }

    void push_event(Tango::EventData *event) override
    {
        Tango::DevDouble value = 0;
        if(!event->err && (*event->attr_value >> value))
        {
            std::lock_guard<std::mutex> guard(mutex_);
            last_ = value;
            changed_.notify_one();
        }
    }

    // Has events sent and waits for the last but one: cppTango 10 takes every second one of a server of 9.3 for a copy.
    void ask(Tango::DevLong count)
    {
        std::unique_lock<std::mutex> lock(mutex_);
        expected_ = std::max(expected_, last_) + count;
        lock.unlock();
        tell(count);
        lock.lock();
        if(!changed_.wait_for(lock, std::chrono::seconds(10), [this] { return last_ >= expected_ - 1; }))
        {
            fail("events were lost");
        }
    }

private:
    void tell(Tango::DevLong count)
    {
        static std::string name("tell");
        Tango::DeviceData argument;
        argument << count;
        proxy_.command_inout(name, argument);
    }

    Tango::DeviceProxy &proxy_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Tango::DevDouble last_ = 0;
    Tango::DevDouble expected_ = 0;
    int id_;
};

void call(Tango::DeviceProxy &proxy, Listener *listener, const std::string &operation)
{
    if(listener != nullptr)
    {
        listener->ask(operation == "event" ? 2 : 400); // more at once might not fit into the socket of the subscriber
        return;
    }
    if(operation == "read")
    {
        read_number(proxy);
    }
    else if(operation == "write")
    {
        write_number(proxy);
    }
    else if(operation == "command")
    {
        run_twice(proxy);
    }
    else if(operation == "image8")
    {
        read_image(proxy, "image8", 2048u * 2048u);
    }
    else if(operation == "image64")
    {
        read_image(proxy, "image64", 8192u * 4096u);
    }
    else
    {
        fail("unknown operation " + operation);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    if(argc != 2)
    {
        std::cerr << "usage: client DEVICE" << std::endl;
        return 2;
    }
    try
    {
        std::string device(argv[1]);
        Tango::DeviceProxy proxy(device);
        std::string operation;
        int calls = 0;
        while(std::cin >> operation >> calls)
        {
            std::vector<double> seconds;
            std::unique_ptr<Listener> listener(operation.compare(0, 5, "event") == 0 ? new Listener(proxy) : nullptr);
            for(int i = 0; i < calls; i++)
            {
                auto start = std::chrono::steady_clock::now();
                call(proxy, listener.get(), operation);
                seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
            }
            for(double value : seconds)
            {
                std::printf("%.9f ", value);
            }
            std::printf("\n");
            std::fflush(stdout);
        }
    }
    catch(const Tango::DevFailed &error)
    {
        Tango::Except::print_exception(error);
        return 1;
    }
    catch(const std::exception &error)
    {
        std::cerr << error.what() << std::endl;
        return 1;
    }
    std::_Exit(0); // cppTango's thread of events may abort a program that ends in the usual way
}
