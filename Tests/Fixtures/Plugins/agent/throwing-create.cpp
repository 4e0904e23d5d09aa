// Faulty: lets an exception out of `create`.
#include "throwing.hpp"

namespace {
void on_create() { throw std::runtime_error("create has thrown this"); }
void on_invoke(const std::string &) {}
}  // namespace
