/*
 * Payloads to values and back. A type says once which member goes with which field:
 *
 *   template <class Text> struct TurnOf {
 *     using Raw = jackfield_agent_turn;
 *     Text role, text;
 *     template <class Self, class Map> static void map(Self &self, Raw &raw, Map &map) {
 *       map.text(self.role, raw.role);
 *       map.text(self.text, raw.text);
 *     }
 *   };
 *
 * and is read by a Decoder and written by an Encoder. With std::string_view as Text nothing is copied, and the value
 * lives as long as the payload.
 */
#ifndef JACKFIELD_CPP_PAYLOAD_HPP
#define JACKFIELD_CPP_PAYLOAD_HPP

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <jackfield/check.h>
#include <jackfield/payload.h>
#include <jackfield/read.h>

#include "error.hpp"

namespace jackfield {

/* Memory from `new` begins at a multiple of 8, as a payload must. */
using Payload = std::vector<uint8_t>;

inline jackfield_view view_of(const Payload &payload) noexcept {
  return jackfield_view{payload.empty() ? nullptr : payload.data(), payload.size()};
}

inline jackfield_view view_of(std::string_view text) noexcept { return jackfield_view{text.data(), text.size()}; }

inline std::string_view text_of(jackfield_view view) noexcept {
  return view.data == nullptr ? std::string_view()
                              : std::string_view(static_cast<const char *>(view.data), static_cast<size_t>(view.size));
}

/* Two texts: a header field, a label. */
template <class Text>
struct PairOf {
  using Raw = jackfield_pair;
  Text name;
  Text value;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
    map.text(self.value, raw.value);
  }
};
using Pair = PairOf<std::string>;
using PairView = PairOf<std::string_view>;

/* Reads a payload that jackfield_check accepted. */
class Decoder {
 public:
  explicit Decoder(jackfield_view payload) noexcept : payload_(payload) {}

  template <class Value, class Field>
  void number(Value &value, Field &field) const noexcept {
    value = static_cast<Value>(field);
  }
  template <class Field>
  void flag(bool &value, Field &field, uint32_t bit) const noexcept {
    value = (field & bit) != 0;
  }
  /* A scalar that counts only where its bit is set. */
  template <class Value, class Field>
  void optional(std::optional<Value> &value, Field &field, uint32_t &present, uint32_t bit) const noexcept {
    if (present & bit) value = static_cast<Value>(field);
  }
  template <class Text>
  void text(Text &value, jackfield_text &field) const {
    value = Text(text_of(jackfield_read_text(payload_, field)));
  }
  template <class Text>
  void optional(Text &value, jackfield_text &field) const {
    text(value, field);
  }
  template <class Bytes>
  void data(Bytes &value, jackfield_data &field) const {
    value = Bytes(text_of(jackfield_read_data(payload_, field)));
  }
  template <class Bytes>
  void optional(Bytes &value, jackfield_data &field) const {
    data(value, field);
  }
  template <class Element>
  void list(std::vector<Element> &values, jackfield_list &field) {
    values.resize(field.count);
    for (uint32_t i = 0; i < field.count; i++) {
      typename Element::Raw raw;
      jackfield_read_element(payload_, field, i, &raw, sizeof raw);
      Element::map(values[i], raw, *this);
    }
  }
  template <class Text>
  void texts(std::vector<Text> &values, jackfield_list &field) const {
    values.resize(field.count);
    for (uint32_t i = 0; i < field.count; i++) {
      jackfield_item item;
      jackfield_read_element(payload_, field, i, &item, sizeof item);
      text(values[i], item.text);
    }
  }

 private:
  jackfield_view payload_;
};

/* Writes a payload. Throws Error where a text is not UTF-8 or the payload would be too large. */
class Encoder {
 public:
  explicit Encoder(size_t head) { reserve(head, 8); }

  template <class Value, class Field>
  void number(const Value &value, Field &field) const noexcept {
    field = static_cast<Field>(value);
  }
  template <class Field>
  void flag(const bool &value, Field &field, uint32_t bit) const noexcept {
    if (value) field |= bit;
  }
  template <class Value, class Field>
  void optional(const std::optional<Value> &value, Field &field, uint32_t &present, uint32_t bit) const noexcept {
    if (!value) return;
    present |= bit;
    field = static_cast<Field>(*value);
  }
  void text(std::string_view value, jackfield_text &field) {
    static const uint8_t nothing = 0;
    const uint8_t *bytes = value.empty() ? &nothing : reinterpret_cast<const uint8_t *>(value.data());
    if (!jackfield_is_utf8(bytes, value.size())) throw Error(Code::internal, "a text for the host is not UTF-8");
    field.offset = append(value);
    field.length = static_cast<uint32_t>(value.size());
  }
  /* An empty text is left out. */
  void optional(std::string_view value, jackfield_text &field) {
    if (!value.empty()) text(value, field);
  }
  void data(std::string_view value, jackfield_data &field) {
    field.offset = append(value);
    field.length = static_cast<uint32_t>(value.size());
  }
  void optional(std::string_view value, jackfield_data &field) {
    if (!value.empty()) data(value, field);
  }
  template <class Element>
  void list(const std::vector<Element> &values, jackfield_list &field) {
    using Raw = typename Element::Raw;
    if (!begin(values.size(), sizeof(Raw), field)) return;
    for (size_t i = 0; i < values.size(); i++) {
      Raw raw = {};
      Element::map(values[i], raw, *this);
      std::memcpy(bytes_.data() + field.offset + i * sizeof raw, &raw, sizeof raw);
    }
  }
  template <class Text>
  void texts(const std::vector<Text> &values, jackfield_list &field) {
    if (!begin(values.size(), sizeof(jackfield_item), field)) return;
    for (size_t i = 0; i < values.size(); i++) {
      jackfield_item item = {};
      text(values[i], item.text);
      std::memcpy(bytes_.data() + field.offset + i * sizeof item, &item, sizeof item);
    }
  }

  template <class Raw>
  Payload finish(Raw &raw) {
    raw.size = static_cast<uint32_t>(sizeof raw);
    std::memcpy(bytes_.data(), &raw, sizeof raw);
    return std::move(bytes_);
  }

 private:
  uint32_t reserve(size_t more, size_t align) {
    size_t at = (bytes_.size() + align - 1) / align * align;
    if (more > JACKFIELD_PAYLOAD_MAX || at + more > JACKFIELD_PAYLOAD_MAX)
      throw Error(Code::exhausted, "a payload for the host would be larger than 4 GiB");
    bytes_.resize(at + more);
    return static_cast<uint32_t>(at);
  }
  uint32_t append(std::string_view value) {
    uint32_t at = reserve(value.size(), 1);
    if (!value.empty()) std::memcpy(bytes_.data() + at, value.data(), value.size());
    return at;
  }
  bool begin(size_t count, size_t stride, jackfield_list &field) {
    if (count == 0) return false;
    field.offset = reserve(count * stride, 8);
    field.count = static_cast<uint32_t>(count);
    field.stride = static_cast<uint32_t>(stride);
    return true;
  }

  Payload bytes_;
};

/* A value out of a payload that was checked. */
template <class Value>
Value decode(jackfield_view payload) {
  typename Value::Raw raw;
  jackfield_read(payload, &raw, sizeof raw);
  Decoder decoder(payload);
  Value value;
  Value::map(value, raw, decoder);
  return value;
}

template <class Value>
Payload encode(const Value &value) {
  typename Value::Raw raw = {};
  Encoder encoder(sizeof raw);
  Value::map(value, raw, encoder);
  return encoder.finish(raw);
}

/* Who asks, and how the request is known in logs and traces. */
template <class Text>
struct ContextOf {
  using Raw = jackfield_context;
  Text request_id, trace_parent, tenant, user, session;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.optional(self.request_id, raw.request_id);
    map.optional(self.trace_parent, raw.trace_parent);
    map.optional(self.tenant, raw.tenant);
    map.optional(self.user, raw.user);
    map.optional(self.session, raw.session);
  }
};
using Context = ContextOf<std::string>;
using ContextView = ContextOf<std::string_view>;

/* A request or result that has nothing to say. */
template <class Struct>
struct Nothing {
  using Raw = Struct;
  template <class Self, class Map>
  static void map(Self &, Raw &, Map &) noexcept {}
};
using Empty = Nothing<jackfield_empty>;

}  // namespace jackfield

#endif
