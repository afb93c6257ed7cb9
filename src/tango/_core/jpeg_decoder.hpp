// A decoder for sequential JPEG images (ITU-T T.81): 8 bits, grey or three colours, any sampling.
//
// cppTango 9.3 has one too, but what distributions build of it returns wrong pixels, and it trusts what it is given.
// This one checks all that it reads: an image comes from another process.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace tangopy {
namespace jpeg {

struct Malformed {
    std::string what;
};

class HuffmanTable {
  public:
    bool present = false;

    // Takes the numbers of codes of each length, then the symbols in the order of their codes.
    void read(const std::uint8_t *counts, const std::uint8_t *symbols, int total) {
        int code = 0, index = 0;
        for (int length = 1; length <= 16; ++length) {
            first_code[length] = code;
            first_index[length] = index;
            index += counts[length - 1];
            code += counts[length - 1];
            if (code > (1 << length))
                throw Malformed{"a Huffman table has too many codes"};
            end_code[length] = code;
            code <<= 1;
        }
        values.assign(symbols, symbols + total);
        present = true;
    }

    // Gives the symbol of a code, -1 if there is no code of this length that reads so.
    int find(int code, int length) const {
        if (code >= end_code[length] || code < first_code[length])
            return -1;
        return values[static_cast<size_t>(first_index[length] + code - first_code[length])];
    }

  private:
    std::array<int, 17> first_code{}, end_code{}, first_index{};
    std::vector<std::uint8_t> values;
};

struct Component {
    int id = 0, h = 1, v = 1, quantisation = 0;
    int dc = 0, ac = 0;
    int predictor = 0;
    int blocks_wide = 0, blocks_high = 0; // with what fills up the last interleaved unit
    std::vector<std::uint8_t> pixels;

    size_t stride() const { return static_cast<size_t>(blocks_wide) * 8; }
};

class Decoder {
  public:
    Decoder(const std::uint8_t *data, size_t size) : next(data), end(data + size), size(size) { make_cosines(); }

    int width = 0, height = 0;

    void decode() {
        if (byte() != 0xFF || byte() != 0xD8)
            throw Malformed{"it does not begin as a JPEG image"};
        // What follows the last scan does not matter; cppTango's encoder even leaves the end marker out at times.
        while (components.empty() || scanned < components.size()) {
            int marker = find_marker();
            if (marker == 0xD9)
                throw Malformed{"it has no pixels"};
            size_t count = length(); // moves `next`
            segment_end = next + count;
            if (marker == 0xDB)
                read_quantisation();
            else if (marker == 0xC4)
                read_huffman();
            else if (marker == 0xC0 || marker == 0xC1)
                read_frame();
            else if (marker >= 0xC2 && marker <= 0xCF && marker != 0xC8 && marker != 0xCC)
                throw Malformed{"it is progressive, lossless or arithmetically coded"};
            else if (marker == 0xDD)
                restart_interval = word();
            else if (marker == 0xEE)
                read_adobe();
            else if (marker == 0xDA) {
                read_scan();
                continue;
            }
            next = segment_end;
        }
    }

    std::string gray() const {
        std::string out(static_cast<size_t>(width) * static_cast<size_t>(height), '\0');
        const Component &first = components[0];
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                out[static_cast<size_t>(y) * width + x] = static_cast<char>(sample(first, x, y));
        return out;
    }

    // Four bytes a pixel: red, green, blue, 255.
    std::string rgb() const {
        std::string out(static_cast<size_t>(width) * static_cast<size_t>(height) * 4, '\xFF');
        char *pixel = out.data();
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x, pixel += 4) {
                int first = sample(components[0], x, y);
                if (components.size() == 1) {
                    pixel[0] = pixel[1] = pixel[2] = static_cast<char>(first);
                    continue;
                }
                int second = sample(components[1], x, y), third = sample(components[2], x, y);
                if (!luminance) {
                    pixel[0] = static_cast<char>(first);
                    pixel[1] = static_cast<char>(second);
                    pixel[2] = static_cast<char>(third);
                    continue;
                }
                // Sixteenth-bit fixed point of the factors in JFIF.
                int blue = second - 128, red = third - 128;
                pixel[0] = clamp(first + ((91881 * red + 32768) >> 16));
                pixel[1] = clamp(first - ((22554 * blue + 46802 * red - 32768) >> 16));
                pixel[2] = clamp(first + ((116130 * blue + 32768) >> 16));
            }
        return out;
    }

  private:
    const std::uint8_t *next, *end, *segment_end = nullptr;
    size_t size;
    std::array<std::array<std::uint16_t, 64>, 4> quantisations{};
    std::array<bool, 4> has_quantisation{};
    std::array<HuffmanTable, 4> dc_tables, ac_tables;
    std::vector<Component> components;
    size_t scanned = 0;
    int max_h = 1, max_v = 1;
    int restart_interval = 0;
    bool luminance = true; // YCbCr, not RGB
    std::uint32_t bits = 0;
    int bits_left = 0;
    float cosines[8][8];

    void make_cosines() {
        for (int u = 0; u < 8; ++u)
            for (int x = 0; x < 8; ++x)
                cosines[u][x] = static_cast<float>((u == 0 ? std::sqrt(0.125) : 0.5) *
                                                   std::cos((2 * x + 1) * u * 3.14159265358979323846 / 16));
    }

    static char clamp(int value) { return static_cast<char>(value < 0 ? 0 : value > 255 ? 255 : value); }

    // --- segments ---------------------------------------------------------------------------------------------------

    int byte() {
        if (next >= end)
            throw Malformed{"it is cut off"};
        return *next++;
    }

    int word() {
        int high = byte();
        return high << 8 | byte();
    }

    size_t length() {
        int count = word();
        if (count < 2 || end - next < count - 2)
            throw Malformed{"it is cut off"};
        return static_cast<size_t>(count - 2);
    }

    int segment_byte() {
        if (next >= segment_end)
            throw Malformed{"a table is cut off"};
        return *next++;
    }

    int find_marker() {
        if (byte() != 0xFF)
            throw Malformed{"there is something between its segments"};
        int marker = byte();
        while (marker == 0xFF)
            marker = byte();
        return marker;
    }

    void read_quantisation() {
        while (next < segment_end) {
            int info = segment_byte();
            if ((info & 0xF) > 3 || info >> 4 > 1)
                throw Malformed{"a quantisation table is malformed"};
            for (int k = 0; k < 64; ++k) {
                int value = segment_byte();
                if (info >> 4)
                    value = value << 8 | segment_byte();
                quantisations[info & 0xF][static_cast<size_t>(k)] = static_cast<std::uint16_t>(value);
            }
            has_quantisation[info & 0xF] = true;
        }
    }

    void read_huffman() {
        while (next < segment_end) {
            int info = segment_byte();
            std::uint8_t counts[16], symbols[256];
            int total = 0;
            for (std::uint8_t &count : counts)
                total += count = static_cast<std::uint8_t>(segment_byte());
            if ((info & 0xF) > 3 || info >> 4 > 1 || total > 256)
                throw Malformed{"a Huffman table is malformed"};
            for (int k = 0; k < total; ++k)
                symbols[k] = static_cast<std::uint8_t>(segment_byte());
            (info >> 4 ? ac_tables : dc_tables)[info & 0xF].read(counts, symbols, total);
        }
    }

    void read_adobe() {
        static const char name[] = "Adobe";
        if (segment_end - next >= 12 && std::string(next, next + 5) == name)
            luminance = next[11] != 0;
    }

    void read_frame() {
        if (!components.empty())
            throw Malformed{"it has two frames"};
        if (segment_byte() != 8)
            throw Malformed{"its pixels do not have 8 bits"};
        height = segment_byte() << 8;
        height |= segment_byte();
        width = segment_byte() << 8;
        width |= segment_byte();
        int count = segment_byte();
        if (width == 0 || height == 0)
            throw Malformed{"its width or height is 0"};
        // A block takes two bits at least; less is a wrong size that would only cost memory.
        if (static_cast<size_t>(width) * static_cast<size_t>(height) / 256 > size)
            throw Malformed{"it is too short for its width and height"};
        if (count != 1 && count != 3)
            throw Malformed{"it has neither one nor three colours"};
        std::vector<Component> found(static_cast<size_t>(count));
        for (Component &component : found) {
            component.id = segment_byte();
            int sampling = segment_byte();
            component.h = count == 1 ? 1 : sampling >> 4; // alone, a component is not interleaved
            component.v = count == 1 ? 1 : sampling & 0xF;
            component.quantisation = segment_byte();
            if (component.h < 1 || component.h > 4 || component.v < 1 || component.v > 4 || component.quantisation > 3)
                throw Malformed{"its colours are sampled in an unknown way"};
            max_h = component.h > max_h ? component.h : max_h;
            max_v = component.v > max_v ? component.v : max_v;
        }
        for (Component &component : found) {
            component.blocks_wide = units(width, max_h) * component.h;
            component.blocks_high = units(height, max_v) * component.v;
            component.pixels.resize(component.stride() * static_cast<size_t>(component.blocks_high) * 8);
        }
        components = std::move(found);
    }

    static int units(int extent, int sampling) { return (extent + 8 * sampling - 1) / (8 * sampling); }

    // --- scans ------------------------------------------------------------------------------------------------------

    void read_scan() {
        std::vector<Component *> chosen;
        int count = segment_byte();
        for (int k = 0; k < count; ++k) {
            int id = segment_byte(), tables = segment_byte();
            Component *found = nullptr;
            for (Component &component : components)
                if (component.id == id)
                    found = &component;
            if (!found || (tables >> 4) > 3 || (tables & 0xF) > 3)
                throw Malformed{"a scan names an unknown colour or table"};
            found->dc = tables >> 4;
            found->ac = tables & 0xF;
            if (!dc_tables[found->dc].present || !ac_tables[found->ac].present ||
                !has_quantisation[found->quantisation])
                throw Malformed{"a scan uses a table that is missing"};
            chosen.push_back(found);
        }
        if (chosen.empty() || chosen.size() + scanned > components.size())
            throw Malformed{"it has too many or too few scans"};
        scanned += chosen.size();
        next = segment_end;
        restart();
        if (chosen.size() == 1)
            scan_one(*chosen[0]);
        else
            scan_interleaved(chosen);
    }

    void scan_one(Component &component) {
        // Blocks that only fill up an interleaved unit are not there.
        int wide = units(width * component.h, max_h), high = units(height * component.v, max_v);
        int left = restart_interval;
        for (int y = 0; y < high; ++y)
            for (int x = 0; x < wide; ++x) {
                expect_restart(left);
                read_block(component, x, y);
            }
    }

    void scan_interleaved(std::vector<Component *> &chosen) {
        int wide = units(width, max_h), high = units(height, max_v);
        int left = restart_interval;
        for (int y = 0; y < high; ++y)
            for (int x = 0; x < wide; ++x) {
                expect_restart(left);
                for (Component *component : chosen)
                    for (int v = 0; v < component->v; ++v)
                        for (int h = 0; h < component->h; ++h)
                            read_block(*component, x * component->h + h, y * component->v + v);
            }
    }

    void restart() {
        bits = 0;
        bits_left = 0;
        for (Component &component : components)
            component.predictor = 0;
    }

    void expect_restart(int &left) {
        if (restart_interval == 0)
            return;
        if (left == 0) {
            int marker = find_marker();
            if (marker < 0xD0 || marker > 0xD7)
                throw Malformed{"a restart marker is missing"};
            restart();
            left = restart_interval;
        }
        --left;
    }

    // --- bits -------------------------------------------------------------------------------------------------------

    int bit() {
        if (bits_left == 0) {
            int value = byte();
            if (value == 0xFF && byte() != 0)
                throw Malformed{"its pixels end too early"};
            bits = static_cast<std::uint32_t>(value);
            bits_left = 8;
        }
        return bits >> --bits_left & 1;
    }

    int symbol(const HuffmanTable &table) {
        int code = 0;
        for (int length = 1; length <= 16; ++length) {
            code = code << 1 | bit();
            int found = table.find(code, length);
            if (found >= 0)
                return found;
        }
        throw Malformed{"its pixels use an unknown code"};
    }

    // A number of so many bits, of which the upper half is positive.
    int number(int count) {
        int value = 0;
        for (int k = 0; k < count; ++k)
            value = value << 1 | bit();
        return count && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    // --- blocks -----------------------------------------------------------------------------------------------------

    void read_block(Component &component, int x, int y) {
        static const std::uint8_t natural[64] = {0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,
                                                 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6,  7,  14, 21, 28,
                                                 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
                                                 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};
        const std::array<std::uint16_t, 64> &factors = quantisations[component.quantisation];
        float block[64] = {};
        int count = symbol(dc_tables[component.dc]);
        if (count > 15)
            throw Malformed{"its pixels have too many bits"};
        component.predictor = (component.predictor + number(count)) & 0xFFFF;
        block[0] = static_cast<float>(static_cast<std::int16_t>(component.predictor) * factors[0]);
        int last_row = 0;
        for (int k = 1; k < 64; ++k) {
            int code = symbol(ac_tables[component.ac]);
            int zeros = code >> 4, width_of_value = code & 0xF;
            if (width_of_value == 0) {
                if (zeros != 15)
                    break;
                k += 15;
                continue;
            }
            k += zeros;
            if (k > 63)
                throw Malformed{"a block has too many numbers"};
            block[natural[k]] = static_cast<float>(number(width_of_value) * factors[static_cast<size_t>(k)]);
            last_row = natural[k] / 8 > last_row ? natural[k] / 8 : last_row;
        }
        std::uint8_t *out = component.pixels.data() + static_cast<size_t>(y) * 8 * component.stride() +
                            static_cast<size_t>(x) * 8;
        transform(block, last_row, out, component.stride());
    }

    // The inverse cosine transform, rows first; rows behind the last one with a number are zero.
    void transform(const float *block, int last_row, std::uint8_t *out, size_t stride) const {
        float rows[64];
        for (int v = 0; v <= last_row; ++v)
            for (int x = 0; x < 8; ++x) {
                float sum = 0;
                for (int u = 0; u < 8; ++u)
                    sum += cosines[u][x] * block[v * 8 + u];
                rows[v * 8 + x] = sum;
            }
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
                float sum = 128.5F;
                for (int v = 0; v <= last_row; ++v)
                    sum += cosines[v][y] * rows[v * 8 + x];
                out[static_cast<size_t>(y) * stride + static_cast<size_t>(x)] =
                    static_cast<std::uint8_t>(sum < 0 ? 0 : sum > 255 ? 255 : sum);
            }
    }

    int sample(const Component &component, int x, int y) const {
        size_t column = static_cast<size_t>(x * component.h / max_h), row = static_cast<size_t>(y * component.v / max_v);
        return component.pixels[row * component.stride() + column];
    }
};

} // namespace jpeg
} // namespace tangopy
