/* Why a call ends without a result. Throw it from a handler, and the host gets it as the end of the call. */
#ifndef JACKFIELD_CPP_ERROR_HPP
#define JACKFIELD_CPP_ERROR_HPP

#include <chrono>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>

#include <jackfield/abi.h>

namespace jackfield {

/* The closed list of abi.h. */
enum class Code : int32_t {
  ok = JACKFIELD_OK,
  cancelled = JACKFIELD_CANCELLED,
  deadline = JACKFIELD_DEADLINE,
  invalid_argument = JACKFIELD_INVALID_ARGUMENT,
  unauthenticated = JACKFIELD_UNAUTHENTICATED,
  forbidden = JACKFIELD_FORBIDDEN,
  not_found = JACKFIELD_NOT_FOUND,
  conflict = JACKFIELD_CONFLICT,
  rate_limited = JACKFIELD_RATE_LIMITED,
  exhausted = JACKFIELD_EXHAUSTED,
  unavailable = JACKFIELD_UNAVAILABLE,
  refused = JACKFIELD_REFUSED,
  internal = JACKFIELD_INTERNAL,
  unsupported = JACKFIELD_UNSUPPORTED,
};

/* A number from the other side; one that is not in the list is a fault of that side. */
inline Code code_of(int32_t number) noexcept {
  return number >= JACKFIELD_OK && number <= JACKFIELD_UNSUPPORTED ? static_cast<Code>(number) : Code::internal;
}

class Error : public std::exception {
 public:
  /* `message`: one sentence for an operator, UTF-8, without anything secret. */
  Error(Code code, std::string message) : code_(code), message_(std::move(message)) {}

  /* The same request may succeed later; `after` 0: nobody knows when. */
  Error retry(std::chrono::nanoseconds after = std::chrono::nanoseconds(0)) const {
    Error copy = *this;
    copy.retry_ = true;
    copy.retry_after_ = after.count() > 0 ? after : std::chrono::nanoseconds(0);
    return copy;
  }

  Code code() const noexcept { return code_; }
  const std::string &message() const noexcept { return message_; }
  bool may_retry() const noexcept { return retry_; }
  std::chrono::nanoseconds retry_after() const noexcept { return retry_after_; }
  const char *what() const noexcept override { return message_.c_str(); }

 private:
  Code code_;
  std::string message_;
  bool retry_ = false;
  std::chrono::nanoseconds retry_after_{0};
};

}  // namespace jackfield

#endif
