// A repair of cppTango 9.3: the configuration of attributes in a server that runs without a database.
//
// When a client changes an alarm level of such a server, the library stores the change without asking whether there is a
// database, and the server crashes. So it gets one that forgets: a file database whose file is nowhere. Later versions ask.
#pragma once

#include "compat.hpp"
#include "lent.hpp"

#if !TANGOPY_HAS_NODB_HEARTBEAT && !defined(_WIN32)
#include <cstdio>
#include <fstream>
#include <stdlib.h>
#include <unistd.h>
#endif

namespace tangopy {

#if TANGOPY_HAS_NODB_HEARTBEAT || defined(_WIN32)

inline void give_scratch_database(Tango::Util &) {}
inline void take_scratch_database(Tango::Util &) {}

#else

struct DatabaseOfServer {
    friend auto lent(DatabaseOfServer);
};
struct FileOfDatabase {
    friend auto lent(FileOfDatabase);
};
struct NameOfFile {
    friend auto lent(NameOfFile);
};
template struct Lent<DatabaseOfServer, &Tango::Util::db>;
template struct Lent<FileOfDatabase, &Tango::Database::filedb>;
template struct Lent<NameOfFile, &Tango::FileDatabase::filename>;

inline void give_scratch_database(Tango::Util &util) {
    if (Tango::Util::_UseDb || util.get_database() != nullptr) {
        return;
    }
    char name[] = "/tmp/tango-scratch-XXXXXX";
    int descriptor = mkstemp(name);
    if (descriptor < 0) {
        return; // the server runs all the same
    }
    close(descriptor);
    // The least that the library takes for such a file; it reads it once.
    std::ofstream(name) << "Scratch/scratch/DEVICE/Scratch: \"scratch/scratch/scratch\"\n";
    std::string file = name;
    auto *database = new Tango::Database(file);
    std::remove(name);
    (database->*lent(FileOfDatabase{}))->*lent(NameOfFile{}) = "/dev/null";
    util.*lent(DatabaseOfServer{}) = database;
}

inline void take_scratch_database(Tango::Util &util) {
    if (!Tango::Util::_UseDb) {
        delete util.get_database();
        util.*lent(DatabaseOfServer{}) = nullptr;
    }
}

#endif

} // namespace tangopy
