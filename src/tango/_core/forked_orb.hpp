// The ORB in a forked child.
//
// The child has the ORB of its parent with its connections and the calls that were under way, but none of the threads that made
// them. What those have counted would never be counted back, and over the connections requests of both processes would mix.
#pragma once

#include "compat.hpp"
#include "lent.hpp"
#include "renew.hpp"

#if TANGOPY_REACHES_SINGLETONS

#include <omniORB4/omniAsyncInvoker.h>
#include <omniORB4/omniInterceptors.h>
#include <omniORB4/omniIOR.h>
#include <omniORB4/omniServer.h>

#include <omniORB4/internal/SocketCollection.h>
#include <omniORB4/internal/giopRope.h>
#include <omniORB4/internal/giopServer.h>
#include <omniORB4/internal/giopRendezvouser.h> // after what it does not include
#include <omniORB4/internal/giopStrand.h>
#include <omniORB4/internal/initialiser.h>
#include <omniORB4/internal/invoker.h>
#include <omniORB4/internal/objectTable.h>
#include <omniORB4/internal/omniCurrent.h>
#include <omniORB4/internal/poaimpl.h>

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include <pthread.h>
#include <unistd.h>

namespace tangopy {

struct SocketOf {
    friend auto lent(SocketOf);
};
struct Ropes {
    friend auto lent(Ropes);
};
struct WaitingForRope {
    friend auto lent(WaitingForRope);
};
struct Listening {
    friend auto lent(Listening);
};
struct ServerLock {
    friend auto lent(ServerLock);
};
struct ServerState {
    friend auto lent(ServerState);
};
struct GivenUp {
    friend auto lent(GivenUp);
};
struct Identities {
    friend auto lent(Identities);
};
struct RequestsHere {
    friend auto lent(RequestsHere);
};
struct RequestsActive {
    friend auto lent(RequestsActive);
};
struct ObjectsDetached {
    friend auto lent(ObjectsDetached);
};
struct ObjectsActive {
    friend auto lent(ObjectsActive);
};
struct Invocations {
    friend auto lent(Invocations);
};
template struct Lent<SocketOf, &omni::SocketHolder::pd_socket>;
template struct Lent<Ropes, &omni::giopRope::ropes>;
template struct Lent<WaitingForRope, &omni::giopRope::pd_nwaiting>;
template struct Lent<Listening, &omni::giopServer::pd_rendezvousers>;
template struct Lent<ServerLock, &omni::giopServer::pd_lock>;
template struct Lent<ServerState, &omni::giopServer::pd_state>;
template struct Lent<GivenUp, omni::giopServer::TIMEDOUT>;
template struct Lent<Identities, &omniIdentity::identity_count>;
template struct Lent<RequestsHere, &omni::omniObjAdapter::pd_nReqInThis>;
template struct Lent<RequestsActive, &omni::omniObjAdapter::pd_nReqActive>;
template struct Lent<ObjectsDetached, &omni::omniObjAdapter::pd_nDetachedObjects>;
template struct Lent<ObjectsActive, &omni::omniOrbPOA::pd_activeObjList>;
template struct Lent<Invocations, &omniLocalIdentity::pd_nInvocations>;

inline bool has_orb() { return omni::orbAsyncInvoker != nullptr; }

// --- the moment of the fork -------------------------------------------------------------------------------------------

// What the ORB keeps is whole in the child, and its locks are free there, only if no other thread is about to change it.
//
// So at a fork answers and requests that arrive wait at a gate, and the locks that can be had are held, in the order in which the
// ORB takes them: they are held for moments only, and by nobody who waits for the GIL, which the forking thread has. Other threads
// come to one of them or to the gate, or wait for the network or the GIL; those few locks that the ORB has for itself are free then.
class OrbStandsStill : omni::omniInitialiser {
public:
    static void at_forks() {
        static OrbStandsStill instance;
        omni::omniInitialiser::install(&instance);
        if (has_orb()) {
            instance.attach();
        }
        pthread_atfork(hold, let_go, let_go);
    }

private:
    static constexpr std::chrono::milliseconds moment{1};

    static inline std::mutex gate_;
    static inline std::atomic<bool> closed_{false};
    static inline std::array<omni_tracedmutex *, 5> locks_{};

    // Each ORB of the process calls this.
    void attach() override {
        omniORB::getInterceptors()->clientReceiveReply.add(pass<omni::omniInterceptors::clientReceiveReply_T::info_T>);
        omniORB::getInterceptors()->serverReceiveRequest.add(pass<omni::omniInterceptors::serverReceiveRequest_T::info_T>);
    }
    void detach() override {}

    template <class Message> static CORBA::Boolean pass(Message &) {
        if (closed_.load(std::memory_order_relaxed)) {
            std::lock_guard<std::mutex> lock(gate_);
        }
        return true;
    }

    static void hold() {
        gate_.lock();
        if (!has_orb()) {
            return;
        }
        closed_ = true;
        locks_ = {omni::internalLock, omni::objref_rc_lock, omni::omniTransportLock, omniIOR::lock, omni::poRcLock};
        for (omni_tracedmutex *one : locks_) {
            if (one != nullptr) { // another thread may be making the ORB
                one->lock();
            }
        }
        std::this_thread::sleep_for(moment);
    }

    static void let_go() {
        if (closed_) {
            for (omni_tracedmutex *one : locks_) {
                if (one != nullptr) {
                    one->unlock();
                }
            }
            closed_ = false;
        }
        gate_.unlock();
    }
};

inline void stand_still_at_forks() { OrbStandsStill::at_forks(); }

// --- connections ------------------------------------------------------------------------------------------------------

// Closes the child's end only: to shut the socket down, or to say farewell over it, would end the connection of the parent.
template <class Owner> void close_socket(Owner *owner) {
    if (auto *holder = dynamic_cast<omni::SocketHolder *>(owner)) {
        close(holder->*lent(SocketOf{}));
    }
}

// Next calls make connections of their own. What the parent's threads had of the old ones is left as it is.
inline void leave_connections() {
    using omni::giopStrand;
    for (omni::StrandList *list : {&giopStrand::active, &giopStrand::active_timedout, &giopStrand::passive}) {
        while (!omni::StrandList::is_empty(*list)) {
            auto *strand = static_cast<giopStrand *>(list->next);
            close_socket(strand->connection);
            strand->StrandList::remove();
            strand->RopeLink::remove();
        }
    }
    omni::RopeLink *ropes = lent(Ropes{});
    for (omni::RopeLink *link = ropes->next; link != ropes; link = link->next) {
        static_cast<omni::giopRope *>(link)->*lent(WaitingForRope{}) = 0;
    }
}

// The ORB lets threads send requests and read answers for others; at its end it would wait for those of the parent.
inline void leave_invoker() { omni::orbAsyncInvoker = new omniAsyncInvoker(); }

// --- the end of the parent's ORB --------------------------------------------------------------------------------------

// Given up, the server neither waits for its threads nor closes its connections; the child's own is made when it is needed.
inline void leave_server_threads() {
    omni::giopServer *&server = omni::giopServer::singleton();
    omni::giopServer::Link *listening = &(server->*lent(Listening{}));
    for (omni::giopServer::Link *link = listening->next; link != listening; link = link->next) {
        close_socket(static_cast<omni::giopRendezvouser *>(link)->endpoint());
    }
    renew(server->*lent(ServerLock{}));
    server->*lent(ServerState{}) = lent(GivenUp{});
    server = nullptr;
}

// With the references to objects of others goes what leads to them, if no call is under way that uses it; what is left after that
// the end of the ORB would wait for.
inline void leave_calls() {
    omniObjRef::_shutdown();
    omni_tracedmutex_lock lock(*omni::internalLock);
    *lent(Identities{}) = 0;
    omni::RopeLink *ropes = lent(Ropes{});
    while (!omni::RopeLink::is_empty(*ropes)) {
        ropes->next->remove();
    }
}

inline void leave_requests(PortableServer::POA_ptr poa) {
    {
        omni_tracedmutex_lock lock(*omni::internalLock);
        auto *adapter = static_cast<omni::omniOrbPOA *>(poa);
        adapter->*lent(RequestsHere{}) = 0;
        adapter->*lent(RequestsActive{}) = 0;
        adapter->*lent(ObjectsDetached{}) = 0;
        for (omniObjTableEntry *object = adapter->*lent(ObjectsActive{}); object != nullptr; object = object->nextInOAObjList()) {
            object->*lent(Invocations{}) = 1; // as an object that is active and has nothing to do
        }
    }
    PortableServer::POAList_var children = poa->the_children();
    for (CORBA::ULong i = 0; i < children->length(); ++i) {
        leave_requests(children[i]);
    }
}

// The child may have been forked by a command, in which the ORB could not be ended.
inline void leave_own_request() {
    if (omniCurrent *current = omniCurrent::get()) {
        current->setCallDescriptor(nullptr);
    }
}

// After that the ORB can be ended.
inline void leave_work() {
    leave_own_request();
    leave_calls();
    PortableServer::POA_var root = omni::omniOrbPOA::rootPOA(0);
    if (!CORBA::is_nil(root)) {
        leave_requests(root);
    }
    leave_server_threads();
}

inline void end_orb() {
    int none = 0;
    CORBA::ORB_var orb = CORBA::ORB_init(none, nullptr); // the one that there is
    try {
        orb->destroy();
    } catch (const CORBA::Exception &) {
        // it had been ended before
    }
}

} // namespace tangopy

#endif
