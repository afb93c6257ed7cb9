// The plain C++ counterpart of ../python/server.py: the same device written against cppTango alone.
// Usage: server bench -nodb -dlist test/bench/1 -ORBendPoint giop:tcp:127.0.0.1:PORT
// With BENCH_SLOW in the environment it has 200 attributes that take 100 ms each, and serves all requests at the same time.
#if __has_include(<tango/tango.h>) && !__has_include(<tango/devapi.h>)
#include <tango/tango.h>
#else
#include <tango.h>
#endif
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#define BENCH_TANGO_VERSION (TANGO_VERSION_MAJOR * 10000 + TANGO_VERSION_MINOR * 100 + TANGO_VERSION_PATCH)

namespace
{

class BenchDevice : public TANGO_BASE_CLASS
{
public:
    BenchDevice(Tango::DeviceClass *cls, const char *name) :
        TANGO_BASE_CLASS(cls, name, "benchmark", Tango::ON, "running"),
        image8(2048u * 2048u, 7),
        image64(8192u * 4096u, 7)
    {
    }

    void init_device() override { }

    Tango::DevDouble number = 3.25;
    Tango::DevDouble told = 0;
    std::vector<Tango::DevUShort> image8;
    std::vector<Tango::DevUShort> image64;
};

BenchDevice &bench(Tango::DeviceImpl *device)
{
    return *static_cast<BenchDevice *>(device);
}

class NumberAttr : public Tango::Attr
{
public:
    NumberAttr() : Attr("number", Tango::DEV_DOUBLE, Tango::READ_WRITE) { }

    void read(Tango::DeviceImpl *device, Tango::Attribute &attribute) override
    {
        attribute.set_value(&bench(device).number);
    }

    void write(Tango::DeviceImpl *device, Tango::WAttribute &attribute) override
    {
        attribute.get_write_value(bench(device).number);
    }
};

class ToldAttr : public Tango::Attr
{
public:
    ToldAttr() : Attr("told", Tango::DEV_DOUBLE, Tango::READ) { set_change_event(true, false); }

    void read(Tango::DeviceImpl *device, Tango::Attribute &attribute) override { attribute.set_value(&bench(device).told); }
};

class SlowAttr : public Tango::Attr
{
public:
    explicit SlowAttr(const std::string &name) : Attr(name.c_str(), Tango::DEV_DOUBLE, Tango::READ) { }

    void read(Tango::DeviceImpl *device, Tango::Attribute &attribute) override
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        attribute.set_value(&bench(device).number);
    }
};

class ImageAttr : public Tango::ImageAttr
{
public:
    ImageAttr(const char *name, std::vector<Tango::DevUShort> BenchDevice::*data, long width, long height) :
        Tango::ImageAttr(name, Tango::DEV_USHORT, Tango::READ, width, height),
        data_(data),
        width_(width),
        height_(height)
    {
    }

    void read(Tango::DeviceImpl *device, Tango::Attribute &attribute) override
    {
        attribute.set_value((bench(device).*data_).data(), width_, height_);
    }

private:
    std::vector<Tango::DevUShort> BenchDevice::*data_;
    long width_;
    long height_;
};

class TwiceCommand : public Tango::Command
{
public:
    TwiceCommand() : Command("twice", Tango::DEV_DOUBLE, Tango::DEV_DOUBLE) { }

    CORBA::Any *execute(Tango::DeviceImpl *, const CORBA::Any &in) override
    {
        Tango::DevDouble value = 0;
        extract(in, value);
        return insert(2 * value);
    }
};

// Pushes as many change events as its argument says.
class TellCommand : public Tango::Command
{
public:
    TellCommand() : Command("tell", Tango::DEV_LONG, Tango::DEV_VOID) { }

    CORBA::Any *execute(Tango::DeviceImpl *device, const CORBA::Any &in) override
    {
        Tango::DevLong count = 0;
        extract(in, count);
        for(Tango::DevLong i = 0; i < count; i++)
        {
            bench(device).told += 1;
            device->push_change_event("told", &bench(device).told);
        }
        return insert();
    }
};

class BenchClass : public Tango::DeviceClass
{
public:
    explicit BenchClass(std::string name) : DeviceClass(name) { }

    void command_factory() override
    {
        command_list.push_back(new TwiceCommand);
        command_list.push_back(new TellCommand);
    }

    void attribute_factory(std::vector<Tango::Attr *> &attributes) override
    {
        attributes.push_back(new NumberAttr);
        attributes.push_back(new ToldAttr);
        attributes.push_back(new ImageAttr("image8", &BenchDevice::image8, 2048, 2048));
        attributes.push_back(new ImageAttr("image64", &BenchDevice::image64, 8192, 4096));
        for(int i = 0; i < 200 && std::getenv("BENCH_SLOW") != nullptr; i++)
        {
            attributes.push_back(new SlowAttr("slow" + std::to_string(i)));
        }
    }

    void device_factory(const Tango::DevVarStringArray *names) override
    {
        for(CORBA::ULong i = 0; i < names->length(); i++)
        {
            auto *device = new BenchDevice(this, (*names)[i].in());
            device_list.push_back(device);
            export_device(device, (*names)[i].in());
        }
    }
};

void make_classes(Tango::DServer *server)
{
#if BENCH_TANGO_VERSION >= 100300
    server->add_class(new BenchClass("Bench"));
#else
    server->_add_class(new BenchClass("Bench"));
#endif
}

#if BENCH_TANGO_VERSION >= 100300
class BenchDServer : public Tango::DServer
{
public:
    using Tango::DServer::DServer;

    void class_factory() override { make_classes(this); }
};
#endif

} // namespace

int main(int argc, char *argv[])
{
    try
    {
        Tango::Util *util = Tango::Util::init(argc, argv);
#if BENCH_TANGO_VERSION >= 100300
        util->register_dserver_constructor(
            [](Tango::DeviceClass *cls,
               const std::string &name,
               const std::string &description,
               Tango::DevState state,
               const std::string &status) -> Tango::DServer *
            { return new BenchDServer(cls, name.c_str(), description.c_str(), state, status.c_str()); });
#else
        Tango::DServer::register_class_factory(make_classes);
#endif
        if(std::getenv("BENCH_SLOW") != nullptr)
        {
            util->set_serial_model(Tango::NO_SYNC);
        }
        util->server_init(false);
        std::cout << "Ready to accept request" << std::endl;
        util->server_run();
    }
    catch(const Tango::DevFailed &error)
    {
        Tango::Except::print_exception(error);
        return 1;
    }
    catch(const CORBA::Exception &error)
    {
        std::cerr << "CORBA exception " << error._name() << std::endl;
        return 1;
    }
    return 0;
}
