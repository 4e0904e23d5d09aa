#include "answer.hpp"

using jackfield::Code;
using jackfield::Error;
using jackfield::Json;
using jackfield::llm::TextKind;

/* A line longer than this comes from no server of this kind. */
static constexpr size_t longest = size_t(4) << 20;

static uint64_t count(const Json &json) { return json.integer() > 0 ? static_cast<uint64_t>(json.integer()) : 0; }

void Answer::take(std::string_view bytes) {
  while (!bytes.empty() && !done_) {
    size_t end = bytes.find('\n');
    if (end == std::string_view::npos) {
      rest_ += bytes;
      if (rest_.size() > longest) throw Error(Code::unavailable, "the server sent a line without an end");
      return;
    }
    rest_ += bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    if (!rest_.empty() && rest_.back() == '\r') rest_.pop_back();
    std::string whole;
    whole.swap(rest_);
    line(whole);
  }
}

void Answer::line(std::string_view text) {
  if (text.substr(0, 5) != "data:") return;
  text.remove_prefix(text.size() > 5 && text[5] == ' ' ? 6 : 5);
  if (text == "[DONE]") {
    done_ = true;
    return;
  }
  Json json;
  try {
    json = Json::parse(text);
  } catch (const jackfield::JsonError &error) {
    throw Error(Code::unavailable, std::string("the server sent a chunk that is not JSON: ") + error.what());
  }
  chunk(json);
}

void Answer::chunk(const Json &json) {
  if (!json["error"].is_null()) {
    std::string said = json["error"].is_text() ? json["error"].text() : json["error"]["message"].text();
    said.resize(jackfield::validator::character_boundary(said, 500));
    throw Error(Code::unavailable, "the server broke off: " + said);
  }
  if (result_.id.empty()) result_.id = json["id"].text();
  if (result_.model.empty()) result_.model = json["model"].text();
  for (const Json &choice : json["choices"].items()) {
    auto index = static_cast<uint32_t>(count(choice["index"]));
    delta(index, choice["delta"]);
    if (!choice["finish_reason"].is_text()) continue;
    stopped_ = true;
    jackfield::llm::Stop stop;
    stop.reason = choice["finish_reason"].text();
    stop.choice = index;
    call_.stop(stop);
  }
  const Json &usage = json["usage"];
  if (!usage.is_object()) return;
  counted_ = true;
  jackfield::llm::Usage event;
  event.prompt_tokens = count(usage["prompt_tokens"]);
  event.completion_tokens = count(usage["completion_tokens"]);
  event.total_tokens = count(usage["total_tokens"]);
  if (event.total_tokens == 0) event.total_tokens = event.prompt_tokens + event.completion_tokens;
  event.cached_tokens = count(usage["prompt_tokens_details"]["cached_tokens"]);
  event.reasoning_tokens = count(usage["completion_tokens_details"]["reasoning_tokens"]);
  call_.usage(event);
}

void Answer::delta(uint32_t choice, const Json &delta) {
  text(choice, delta["reasoning_content"], TextKind::reasoning);
  text(choice, delta["content"], TextKind::content);
  text(choice, delta["refusal"], TextKind::refusal);
  for (const Json &call : delta["tool_calls"].items()) {
    jackfield::llm::ToolCall event;
    event.choice = choice;
    event.index = static_cast<uint32_t>(count(call["index"]));
    event.id = call["id"].text();
    event.name = call["function"]["name"].text();
    event.arguments = call["function"]["arguments"].text();
    bytes_ += event.arguments.size();
    call_.tool_call(event);
  }
}

void Answer::text(uint32_t choice, const Json &piece, TextKind kind) {
  if (!piece.is_text() || piece.text().empty()) return;
  jackfield::llm::Text event;
  event.text = piece.text();
  event.kind = kind;
  event.choice = choice;
  bytes_ += event.text.size();
  call_.text(event);
}

jackfield::llm::CompletionResult Answer::finish(size_t prompt) {
  if (!done_ && !stopped_) throw Error(Code::unavailable, "the server's answer broke off");
  if (!counted_) {
    jackfield::llm::Usage usage;
    usage.estimated = true;
    usage.prompt_tokens = prompt / 4 > 0 ? prompt / 4 : 1;
    usage.completion_tokens = bytes_ / 4 > 0 ? bytes_ / 4 : 1;
    usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
    call_.usage(usage);
  }
  return result_;
}
