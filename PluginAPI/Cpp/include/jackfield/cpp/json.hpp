/*
 * JSON (RFC 8259) for configurations and small documents: a value, a reader with a bound on depth, a writer.
 *
 * Members keep their order; of members with the same name the last one counts. Text is UTF-8; a lone surrogate becomes
 * U+FFFD. A number is a double, and exact as int64_t where it was written as a whole number of that range.
 */
#ifndef JACKFIELD_CPP_JSON_HPP
#define JACKFIELD_CPP_JSON_HPP

#include <charconv>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <jackfield/check.h>

namespace jackfield {

/* Why a text is no JSON, with the byte at which that was seen. */
class JsonError : public std::runtime_error {
 public:
  JsonError(const std::string &reason, size_t offset)
      : std::runtime_error(reason + " at byte " + std::to_string(offset)) {}
};

class Json {
 public:
  enum class Kind { null, boolean, number, text, array, object };

  /* Arrays and objects may lie this deep in each other. */
  static constexpr int depth = 128;

  Json() = default;
  Json(std::nullptr_t) noexcept {}
  Json(bool value) noexcept : kind_(Kind::boolean), integer_(value ? 1 : 0) {}
  Json(double value) noexcept : kind_(Kind::number), number_(value) {}
  Json(int64_t value) noexcept
      : kind_(Kind::number), is_integer_(true), integer_(value), number_(static_cast<double>(value)) {}
  Json(int value) noexcept : Json(static_cast<int64_t>(value)) {}
  Json(uint32_t value) noexcept : Json(static_cast<int64_t>(value)) {}
  Json(std::string value) : kind_(Kind::text), text_(std::move(value)) {}
  Json(std::string_view value) : kind_(Kind::text), text_(value) {}
  Json(const char *value) : kind_(Kind::text), text_(value) {}

  static Json array() {
    Json value;
    value.kind_ = Kind::array;
    return value;
  }
  static Json object() {
    Json value;
    value.kind_ = Kind::object;
    return value;
  }

  /* Throws JsonError. */
  static Json parse(std::string_view text);

  Kind kind() const noexcept { return kind_; }
  bool is_null() const noexcept { return kind_ == Kind::null; }
  bool is_boolean() const noexcept { return kind_ == Kind::boolean; }
  bool is_number() const noexcept { return kind_ == Kind::number; }
  bool is_integer() const noexcept { return is_integer_; }
  bool is_text() const noexcept { return kind_ == Kind::text; }
  bool is_array() const noexcept { return kind_ == Kind::array; }
  bool is_object() const noexcept { return kind_ == Kind::object; }

  /* The value, or what is given where it is of another kind. */
  bool boolean(bool otherwise = false) const noexcept { return is_boolean() ? integer_ != 0 : otherwise; }
  double number(double otherwise = 0) const noexcept { return is_number() ? number_ : otherwise; }
  int64_t integer(int64_t otherwise = 0) const noexcept {
    if (is_integer_) return integer_;
    bool whole = is_number() && number_ >= -9007199254740992.0 && number_ <= 9007199254740992.0 &&
                 number_ == std::floor(number_);
    return whole ? static_cast<int64_t>(number_) : otherwise;
  }
  std::string text(std::string otherwise = {}) const { return is_text() ? text_ : otherwise; }

  /* Elements of an array or values of an object; nothing otherwise. */
  const std::vector<Json> &items() const noexcept { return items_; }
  /* Names of an object's members, in the order of `items`. */
  const std::vector<std::string> &names() const noexcept { return names_; }
  size_t size() const noexcept { return items_.size(); }

  /* A member of an object; null where there is none, so that paths may be written as config["a"]["b"]. */
  const Json &operator[](std::string_view name) const noexcept {
    static const Json nothing;
    for (size_t i = names_.size(); i > 0; i--)
      if (names_[i - 1] == name) return items_[i - 1];
    return nothing;
  }
  bool has(std::string_view name) const noexcept {
    for (const std::string &known : names_)
      if (known == name) return true;
    return false;
  }

  /* Add a member, or replace the one of that name. */
  Json &set(std::string_view name, Json value) {
    kind_ = Kind::object;
    for (size_t i = 0; i < names_.size(); i++) {
      if (names_[i] != name) continue;
      items_[i] = std::move(value);
      return *this;
    }
    names_.emplace_back(name);
    items_.push_back(std::move(value));
    return *this;
  }
  Json &add(Json value) {
    kind_ = Kind::array;
    items_.push_back(std::move(value));
    return *this;
  }

  std::string dump() const {
    std::string out;
    write(out);
    return out;
  }

  /* A text between quotation marks. */
  static void write_text(std::string_view text, std::string &out) {
    static const char digits[] = "0123456789abcdef";
    out += '"';
    for (char c : text) {
      auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else if (c == '\n') {
        out += "\\n";
      } else if (c == '\t') {
        out += "\\t";
      } else if (c == '\r') {
        out += "\\r";
      } else if (byte < 0x20) {
        out += "\\u00";
        out += digits[byte >> 4];
        out += digits[byte & 15];
      } else {
        out += c;
      }
    }
    out += '"';
  }

  /* Whole numbers below 2^53 without a point, others as the shortest text that reads back the same. JSON has no other
     numbers: what is not finite becomes null. */
  static void write_number(double value, std::string &out) {
    char room[32];
    if (!std::isfinite(value)) {
      out += "null";
      return;
    }
    if (value == std::floor(value) && std::fabs(value) < 9007199254740992.0) {
      auto end = std::to_chars(room, room + sizeof room, static_cast<int64_t>(value));
      out.append(room, static_cast<size_t>(end.ptr - room));
      return;
    }
    auto end = std::to_chars(room, room + sizeof room, value);
    out.append(room, static_cast<size_t>(end.ptr - room));
  }

 private:
  class Reader;

  void write(std::string &out) const {
    switch (kind_) {
      case Kind::null: out += "null"; break;
      case Kind::boolean: out += integer_ ? "true" : "false"; break;
      case Kind::number:
        if (is_integer_)
          out += std::to_string(integer_);
        else
          write_number(number_, out);
        break;
      case Kind::text: write_text(text_, out); break;
      case Kind::array:
      case Kind::object:
        out += kind_ == Kind::array ? '[' : '{';
        for (size_t i = 0; i < items_.size(); i++) {
          if (i > 0) out += ',';
          if (kind_ == Kind::object) {
            write_text(names_[i], out);
            out += ':';
          }
          items_[i].write(out);
        }
        out += kind_ == Kind::array ? ']' : '}';
        break;
    }
  }

  Kind kind_ = Kind::null;
  bool is_integer_ = false;
  int64_t integer_ = 0;
  double number_ = 0;
  std::string text_;
  std::vector<std::string> names_;
  std::vector<Json> items_;
};

class Json::Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {
    if (!text.empty() && !jackfield_is_utf8(reinterpret_cast<const uint8_t *>(text.data()), text.size()))
      throw JsonError("the text is not UTF-8", 0);
  }

  Json document() {
    Json value = read(depth);
    space();
    if (at_ < text_.size()) fail("something follows the value");
    return value;
  }

 private:
  [[noreturn]] void fail(const char *reason) const { throw JsonError(reason, at_); }

  char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

  void space() noexcept {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
      at_++;
  }

  void expect(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) fail("there is no value");
    at_ += word.size();
  }

  Json read(int left) {
    space();
    switch (peek()) {
      case '{': return object(left);
      case '[': return array(left);
      case '"': return Json(string());
      case 't': expect("true"); return Json(true);
      case 'f': expect("false"); return Json(false);
      case 'n': expect("null"); return Json();
      default: return number();
    }
  }

  Json array(int left) {
    if (left == 0) fail("the value is nested too deep");
    Json value = Json::array();
    at_++;
    space();
    if (peek() == ']') {
      at_++;
      return value;
    }
    for (;;) {
      value.items_.push_back(read(left - 1));
      space();
      if (peek() == ']') break;
      if (peek() != ',') fail("an array lacks \",\" or \"]\"");
      at_++;
    }
    at_++;
    return value;
  }

  Json object(int left) {
    if (left == 0) fail("the value is nested too deep");
    Json value = Json::object();
    at_++;
    space();
    if (peek() == '}') {
      at_++;
      return value;
    }
    for (;;) {
      space();
      if (peek() != '"') fail("a member has no name");
      value.names_.push_back(string());
      space();
      if (peek() != ':') fail("a member lacks \":\"");
      at_++;
      value.items_.push_back(read(left - 1));
      space();
      if (peek() == '}') break;
      if (peek() != ',') fail("an object lacks \",\" or \"}\"");
      at_++;
    }
    at_++;
    return value;
  }

  Json number() {
    size_t begin = at_;
    bool whole = true;
    if (peek() == '-') at_++;
    if (!is_digit(peek())) fail("there is no value");
    if (peek() == '0') {
      at_++;
    } else {
      while (is_digit(peek())) at_++;
    }
    if (peek() == '.') {
      whole = false;
      at_++;
      if (!is_digit(peek())) fail("a number ends with its point");
      while (is_digit(peek())) at_++;
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      at_++;
      if (peek() == '+' || peek() == '-') at_++;
      if (!is_digit(peek())) fail("a number has no exponent");
      while (is_digit(peek())) at_++;
    }
    const char *first = text_.data() + begin;
    const char *last = text_.data() + at_;
    int64_t integer = 0;
    if (whole && std::from_chars(first, last, integer).ec == std::errc()) return Json(integer);
    double value = 0;
    auto end = std::from_chars(first, last, value);
    if (end.ec == std::errc::result_out_of_range) {
      /* What is too small for a double is 0; what is too large is no number here. */
      std::string_view written = text_.substr(begin, at_ - begin);
      size_t exponent = written.find_first_of("eE");
      bool is_small = exponent == std::string_view::npos ? written.find('.') != std::string_view::npos &&
                                                               (written[0] == '0' || written.substr(0, 2) == "-0")
                                                         : written[exponent + 1] == '-';
      if (!is_small) fail("a number is too large");
      return Json(0.0);
    }
    return Json(value);
  }

  uint32_t four() {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++, at_++) {
      char c = peek();
      uint32_t digit = is_digit(c) ? static_cast<uint32_t>(c - '0')
                       : c >= 'a' && c <= 'f' ? static_cast<uint32_t>(c - 'a') + 10u
                       : c >= 'A' && c <= 'F' ? static_cast<uint32_t>(c - 'A') + 10u
                                              : 16u;
      if (digit == 16u) fail("an escape has no four hexadecimal digits");
      value = value * 16u + digit;
    }
    return value;
  }

  static void append(uint32_t scalar, std::string &out) {
    auto byte = [&out](uint32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    if (scalar < 0x80u) {
      byte(scalar);
    } else if (scalar < 0x800u) {
      byte(0xc0u | (scalar >> 6));
      byte(0x80u | (scalar & 0x3fu));
    } else if (scalar < 0x10000u) {
      byte(0xe0u | (scalar >> 12));
      byte(0x80u | ((scalar >> 6) & 0x3fu));
      byte(0x80u | (scalar & 0x3fu));
    } else {
      byte(0xf0u | (scalar >> 18));
      byte(0x80u | ((scalar >> 12) & 0x3fu));
      byte(0x80u | ((scalar >> 6) & 0x3fu));
      byte(0x80u | (scalar & 0x3fu));
    }
  }

  std::string string() {
    std::string out;
    at_++;
    for (;;) {
      if (at_ >= text_.size()) fail("a text has no end");
      char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20u) fail("a text holds a control character");
      at_++;
      if (c == '"') return out;
      if (c != '\\') {
        out += c;
        continue;
      }
      char escape = peek();
      at_++;
      switch (escape) {
        case '"':
        case '\\':
        case '/': out += escape; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u': append(scalar(), out); break;
        default: fail("a text holds an unknown escape");
      }
    }
  }

  uint32_t scalar() {
    uint32_t unit = four();
    if (unit < 0xd800u || unit > 0xdfffu) return unit;
    if (unit > 0xdbffu || text_.substr(at_, 2) != "\\u") return 0xfffdu;
    size_t before = at_;
    at_ += 2;
    uint32_t low = four();
    if (low >= 0xdc00u && low <= 0xdfffu) return 0x10000u + ((unit - 0xd800u) << 10) + (low - 0xdc00u);
    at_ = before;
    return 0xfffdu;
  }

  std::string_view text_;
  size_t at_ = 0;
};

inline Json Json::parse(std::string_view text) { return Reader(text).document(); }

}  // namespace jackfield

#endif
