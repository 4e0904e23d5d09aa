/* A completion request in OpenAI's dialect. */
#ifndef REQUEST_HPP
#define REQUEST_HPP

#include <jackfield/jackfield.hpp>

/* The body for POST /chat/completions. Throws Error where the request holds JSON that is none. */
std::string request_body(const jackfield::llm::CompletionRequestView &request);

#endif
