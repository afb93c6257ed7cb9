// JPEG images: cppTango encodes them, our own decoder reads them.
#pragma once

#include <string>

#include "compat.hpp"
#include "jpeg_decoder.hpp"

namespace tangopy {

enum class Pixels { gray8, rgb24, rgb32 };

// The data are only read; cppTango does not say so.
inline std::string jpeg_encode(Pixels pixels, const unsigned char *data, int width, int height, double quality) {
    Tango::EncodedAttribute image; // with a pool size, 9.3 deletes a member that it has not initialised
    auto *source = const_cast<unsigned char *>(data);
    switch (pixels) {
    case Pixels::gray8:
        image.encode_jpeg_gray8(source, width, height, quality);
        break;
    case Pixels::rgb24:
        image.encode_jpeg_rgb24(source, width, height, quality);
        break;
    case Pixels::rgb32:
        image.encode_jpeg_rgb32(source, width, height, quality);
        break;
    }
    return std::string(reinterpret_cast<const char *>(image.get_data()), static_cast<size_t>(image.get_size()));
}

// Returns one byte a pixel for gray8, four for rgb32.
inline std::string jpeg_decode(Pixels pixels, const unsigned char *data, size_t size, int &width, int &height) {
    try {
        jpeg::Decoder decoder(data, size);
        decoder.decode();
        width = decoder.width;
        height = decoder.height;
        return pixels == Pixels::gray8 ? decoder.gray() : decoder.rgb();
    } catch (const jpeg::Malformed &malformed) {
        Tango::DevErrorList errors(1);
        errors.length(1);
        errors[0].reason = CORBA::string_dup("API_DecodeErr");
        errors[0].desc = CORBA::string_dup(("Not a JPEG image that can be decoded: " + malformed.what).c_str());
        errors[0].origin = CORBA::string_dup("EncodedAttribute");
        errors[0].severity = Tango::ERR;
        throw Tango::DevFailed(errors);
    }
}

} // namespace tangopy
