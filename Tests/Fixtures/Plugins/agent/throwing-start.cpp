// Faulty: lets an exception out of `start` when it is asked to: one of the library's, or one that is no class at all.
#include "throwing.hpp"

namespace {
void on_create() {}
void on_invoke(const std::string &input) {
  if (input == "throw") throw std::runtime_error("start has thrown this");
  if (input == "throw a number") throw 42;
}
}  // namespace
