#include "request.hpp"

namespace {

using jackfield::Json;
using jackfield::llm::PartKind;
using Message = jackfield::llm::MessageView;
using Part = jackfield::llm::PartOf<std::string_view>;
using Request = jackfield::llm::CompletionRequestView;

/* JSON that the client wrote. */
Json foreign(std::string_view text, const char *name) {
  try {
    return Json::parse(text);
  } catch (const jackfield::JsonError &error) {
    throw jackfield::Error(jackfield::Code::invalid_argument, std::string(name) + " is not JSON: " + error.what());
  }
}

/* Members that the vocabulary does not know, unless they are there already. */
void add_extra(Json &object, std::string_view extra) {
  if (extra.empty()) return;
  Json members = foreign(extra, "extra");
  for (size_t i = 0; i < members.names().size(); i++)
    if (!object.has(members.names()[i])) object.set(members.names()[i], members.items()[i]);
}

std::string base64(std::string_view bytes) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t three = 0;
    size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
    for (size_t k = 0; k < 3; k++)
      three = (three << 8) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (size_t k = 0; k < 4; k++) out += k <= count ? digits[(three >> (18 - 6 * k)) & 63u] : '=';
  }
  return out;
}

Json image(std::string url, std::string_view detail) {
  Json where = Json::object().set("url", std::move(url));
  if (!detail.empty()) where.set("detail", Json(detail));
  return Json::object().set("type", "image_url").set("image_url", where);
}

Json part(const Part &part) {
  Json json;
  switch (part.kind) {
    case PartKind::image_url: json = image(std::string(part.url), part.detail); break;
    case PartKind::image:
      json = image("data:" + std::string(part.media_type) + ";base64," + base64(part.data), part.detail);
      break;
    case PartKind::other: json = foreign(part.text, "a part of a message"); break;
    default: json = Json::object().set("type", "text").set("text", Json(part.text)); break;
  }
  if (json.is_object()) add_extra(json, part.extra);
  return json;
}

/* One text where all parts are texts, else a list of parts. */
Json content(const Message &message) {
  bool is_text = true;
  std::string text;
  Json list = Json::array();
  for (const Part &each : message.parts) {
    is_text = is_text && (each.kind == PartKind::text || each.kind == PartKind::data);
    if (&each != &message.parts.front()) text += '\n';
    text += each.text;
    list.add(part(each));
  }
  return is_text ? Json(text) : list;
}

Json message(const Message &message) {
  Json json = Json::object().set("role", Json(message.role));
  json.set("content", message.parts.empty() && !message.calls.empty() ? Json() : content(message));
  if (!message.name.empty()) json.set("name", Json(message.name));
  if (!message.tool_call_id.empty()) json.set("tool_call_id", Json(message.tool_call_id));
  if (!message.calls.empty()) {
    Json calls = Json::array();
    for (const auto &call : message.calls) {
      Json function = Json::object().set("name", Json(call.name)).set("arguments", Json(call.arguments));
      calls.add(Json::object().set("id", Json(call.id)).set("type", "function").set("function", function));
    }
    json.set("tool_calls", calls);
  }
  add_extra(json, message.extra);
  return json;
}

void set_scalars(const Request &request, Json &body) {
  if (request.temperature) body.set("temperature", *request.temperature);
  if (request.top_p) body.set("top_p", *request.top_p);
  if (request.frequency_penalty) body.set("frequency_penalty", *request.frequency_penalty);
  if (request.presence_penalty) body.set("presence_penalty", *request.presence_penalty);
  if (request.seed) body.set("seed", *request.seed);
  if (request.max_tokens) body.set("max_tokens", *request.max_tokens);
  if (request.choices) body.set("n", *request.choices);
  if (request.logprobs) body.set("logprobs", true);
  if (request.top_logprobs) body.set("top_logprobs", *request.top_logprobs);
  if (request.parallel_calls) body.set("parallel_tool_calls", *request.parallel_calls);
}

}  // namespace

std::string request_body(const Request &request) {
  Json body = Json::object().set("model", Json(request.model));
  Json messages = Json::array();
  for (const Message &each : request.messages) messages.add(message(each));
  body.set("messages", messages);
  body.set("stream", true);
  body.set("stream_options", Json::object().set("include_usage", true));
  set_scalars(request, body);
  if (!request.tools.empty()) {
    Json tools = Json::array();
    for (const auto &tool : request.tools) {
      Json function = Json::object().set("name", Json(tool.name));
      if (!tool.description.empty()) function.set("description", Json(tool.description));
      if (!tool.parameters.empty()) function.set("parameters", foreign(tool.parameters, "the schema of a tool"));
      if (tool.strict != 0) function.set("strict", tool.strict == 1);
      add_extra(function, tool.extra);
      tools.add(Json::object().set("type", "function").set("function", function));
    }
    body.set("tools", tools);
  }
  if (!request.tool_choice.empty()) body.set("tool_choice", foreign(request.tool_choice, "tool_choice"));
  if (!request.response_format.empty())
    body.set("response_format", foreign(request.response_format, "response_format"));
  if (!request.stop.empty()) {
    Json stop = Json::array();
    for (std::string_view text : request.stop) stop.add(Json(text));
    body.set("stop", stop);
  }
  if (!request.user.empty()) body.set("user", Json(request.user));
  add_extra(body, request.extra);
  return body.dump();
}
