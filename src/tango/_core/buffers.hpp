// Owners of CORBA sequences, without their type.
#pragma once

#include "types.hpp"

#include <memory>

namespace tangopy {

struct Block {
    void *data = nullptr;
    std::size_t length = 0; // in elements
    virtual ~Block() = default;
};

template <class Sequence> struct SequenceBlock final : Block {
    // Takes the sequence over. One that does not own its buffer (a collocated read points into the server, the payload of
    // an event into the message) is copied: its memory is not ours to keep.
    explicit SequenceBlock(Sequence *sequence) : sequence_(sequence) {
        own_memory(*sequence_);
        length = sequence_->length();
        data = length == 0 ? nullptr : static_cast<void *>(sequence_->get_buffer());
    }

private:
    std::unique_ptr<Sequence> sequence_;
};

template <class Sequence> Block *own(Sequence *sequence) {
    return sequence == nullptr ? nullptr : new SequenceBlock<Sequence>(sequence);
}

} // namespace tangopy
