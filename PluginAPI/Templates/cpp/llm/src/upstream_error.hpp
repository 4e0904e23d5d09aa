/* What the status of a server's answer means in the terms of the ABI. */
#ifndef UPSTREAM_ERROR_HPP
#define UPSTREAM_ERROR_HPP

#include <jackfield/jackfield.hpp>

#include <cstdlib>

/* At most `limit` bytes of a body; the rest is left. */
inline std::string beginning(jackfield::HttpStream &stream, size_t limit) {
  std::string body;
  while (body.size() < limit) {
    auto piece = stream.next();
    if (!piece) break;
    body.append(*piece, 0, limit - body.size());
  }
  return body;
}

inline jackfield::Code code_of_status(uint32_t status) {
  using jackfield::Code;
  switch (status) {
    case 400:
    case 413:
    case 422: return Code::invalid_argument;
    case 401: return Code::unauthenticated;
    case 402: return Code::exhausted;
    case 403: return Code::forbidden;
    case 404: return Code::not_found;
    case 409: return Code::conflict;
    case 429: return Code::rate_limited;
    default: return Code::unavailable;
  }
}

/* The `error.message` of a body, as one line of at most 500 bytes; empty where there is none. */
inline std::string said_by(const std::string &body) {
  std::string said;
  try {
    jackfield::Json json = jackfield::Json::parse(body);
    said = json["error"].is_text() ? json["error"].text() : json["error"]["message"].text();
  } catch (const jackfield::JsonError &) {
    return {};
  }
  for (char &c : said)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  said.resize(jackfield::validator::character_boundary(said, 500));
  return said;
}

/* An answer that is no success, as an error. `may_retry`: nothing was passed on yet. */
inline jackfield::Error upstream_error(jackfield::HttpStream &stream, bool may_retry = true) {
  uint32_t status = stream.status();
  std::string said = said_by(beginning(stream, 64 * 1024));
  jackfield::Error error(code_of_status(status),
                         "the server answered " + std::to_string(status) + (said.empty() ? "" : ": " + said));
  if (!may_retry || !(status == 408 || status == 429 || status >= 500)) return error;
  /* Seconds; the other form, a date, is not read. A day at most. */
  std::string after(stream.head().header("retry-after"));
  double seconds = after.empty() || after[0] < '0' || after[0] > '9' ? 0 : std::strtod(after.c_str(), nullptr);
  return error.retry(std::chrono::nanoseconds(static_cast<int64_t>((seconds < 86400 ? seconds : 86400) * 1e9)));
}

#endif
