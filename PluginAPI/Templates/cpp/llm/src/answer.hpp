/* An answer that comes as server-sent events, turned into the events of the ABI. */
#ifndef ANSWER_HPP
#define ANSWER_HPP

#include <jackfield/jackfield.hpp>

class Answer {
 public:
  explicit Answer(jackfield::CompletionCall &call) : call_(call) {}

  /* Bytes as they come from the network, cut anywhere. */
  void take(std::string_view bytes);

  /* The end: usage, and the result. Throws Error where the stream broke off. `prompt`: bytes of the question, from
     which tokens are estimated where the server counts none. */
  jackfield::llm::CompletionResult finish(size_t prompt);

  bool is_done() const { return done_; }

 private:
  void line(std::string_view text);
  void chunk(const jackfield::Json &json);
  void delta(uint32_t choice, const jackfield::Json &delta);
  void text(uint32_t choice, const jackfield::Json &piece, jackfield::llm::TextKind kind);

  jackfield::CompletionCall &call_;
  std::string rest_; /* of a line that is not whole yet */
  bool done_ = false;
  bool stopped_ = false;
  bool counted_ = false;
  size_t bytes_ = 0; /* of text that was passed on */
  jackfield::llm::CompletionResult result_;
};

#endif
