/* The vocabulary of jackfield.llm/1: llm.h as values. The same types serve a provider and one who asks a model. */
#ifndef JACKFIELD_CPP_LLM_TYPES_HPP
#define JACKFIELD_CPP_LLM_TYPES_HPP

#include <variant>

#include <jackfield/llm.h>
#include <jackfield/tool.h>

#include "payload.hpp"

namespace jackfield::llm {

enum class PartKind : uint32_t {
  text = JACKFIELD_LLM_PART_TEXT,
  image_url = JACKFIELD_LLM_PART_IMAGE_URL,
  image = JACKFIELD_LLM_PART_IMAGE,
  data = JACKFIELD_LLM_PART_DATA,
  other = JACKFIELD_LLM_PART_OTHER,
};

template <class Text>
struct PartOf {
  using Raw = jackfield_llm_part;
  PartKind kind = PartKind::text;
  Text text, media_type, url, detail;
  Text data; /* bytes */
  Text extra;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.kind, raw.kind);
    map.optional(self.text, raw.text);
    map.optional(self.media_type, raw.media_type);
    map.optional(self.url, raw.url);
    map.optional(self.detail, raw.detail);
    map.optional(self.data, raw.data);
    map.optional(self.extra, raw.extra);
  }
};

/* A tool call that an assistant made. */
template <class Text>
struct ToolUseOf {
  using Raw = jackfield_llm_call;
  Text id, name;
  Text arguments; /* JSON as the model wrote it: not always valid */
  Text extra;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.id, raw.id);
    map.text(self.name, raw.name);
    map.text(self.arguments, raw.arguments);
    map.optional(self.extra, raw.extra);
  }
};

template <class Text>
struct MessageOf {
  using Raw = jackfield_llm_message;
  Text role, name, tool_call_id, reasoning, extra;
  std::vector<PartOf<Text>> parts;
  std::vector<ToolUseOf<Text>> calls;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.role, raw.role);
    map.optional(self.name, raw.name);
    map.optional(self.tool_call_id, raw.tool_call_id);
    map.optional(self.reasoning, raw.reasoning);
    map.optional(self.extra, raw.extra);
    map.list(self.parts, raw.parts);
    map.list(self.calls, raw.calls);
  }
};
using Message = MessageOf<std::string>;
using MessageView = MessageOf<std::string_view>;

template <class Text>
struct ToolOf {
  using Raw = jackfield_llm_tool;
  Text name, description;
  Text parameters;     /* JSON Schema of the arguments */
  uint32_t strict = 0; /* 0 not said, 1 yes, 2 no */
  Text extra;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.name, raw.name);
    map.optional(self.description, raw.description);
    map.optional(self.parameters, raw.parameters);
    map.number(self.strict, raw.strict);
    map.optional(self.extra, raw.extra);
  }
};

template <class Text>
struct CompletionRequestOf {
  using Raw = jackfield_llm_complete;
  Text model;
  std::vector<MessageOf<Text>> messages;
  std::vector<ToolOf<Text>> tools;
  std::vector<Text> stop;
  bool stream = false;
  bool logprobs = false;
  bool run_tools = false;   /* to the service: call the tools that the plugin was granted, as the model asks for them */
  uint32_t tool_rounds = 0; /* with run_tools: how often at most; 0: as often as the manifest allows */
  std::optional<bool> parallel_calls;
  std::optional<uint32_t> choices, max_tokens, top_logprobs;
  std::optional<int64_t> seed;
  std::optional<double> temperature, top_p, frequency_penalty, presence_penalty;
  Text tool_choice;     /* JSON in OpenAI's dialect, or empty */
  Text response_format; /* the same */
  Text user;
  Text extra; /* JSON object with what this vocabulary does not know, or empty */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.model, raw.model);
    map.list(self.messages, raw.messages);
    map.list(self.tools, raw.tools);
    map.texts(self.stop, raw.stop);
    map.flag(self.stream, raw.flags, JACKFIELD_LLM_STREAM);
    map.flag(self.logprobs, raw.flags, JACKFIELD_LLM_LOGPROBS);
    map.flag(self.run_tools, raw.flags, JACKFIELD_LLM_RUN_TOOLS);
    map.number(self.tool_rounds, raw.tool_rounds);
    uint32_t parallel = (raw.flags & JACKFIELD_LLM_PARALLEL_CALLS) ? 1u : 0u;
    map.optional(self.parallel_calls, parallel, raw.present, JACKFIELD_LLM_HAS_PARALLEL_CALLS);
    if (parallel) raw.flags |= JACKFIELD_LLM_PARALLEL_CALLS;
    map.optional(self.choices, raw.choices, raw.present, JACKFIELD_LLM_HAS_CHOICES);
    map.optional(self.max_tokens, raw.max_tokens, raw.present, JACKFIELD_LLM_HAS_MAX_TOKENS);
    map.optional(self.top_logprobs, raw.top_logprobs, raw.present, JACKFIELD_LLM_HAS_TOP_LOGPROBS);
    map.optional(self.seed, raw.seed, raw.present, JACKFIELD_LLM_HAS_SEED);
    map.optional(self.temperature, raw.temperature, raw.present, JACKFIELD_LLM_HAS_TEMPERATURE);
    map.optional(self.top_p, raw.top_p, raw.present, JACKFIELD_LLM_HAS_TOP_P);
    map.optional(self.frequency_penalty, raw.frequency_penalty, raw.present, JACKFIELD_LLM_HAS_FREQUENCY_PENALTY);
    map.optional(self.presence_penalty, raw.presence_penalty, raw.present, JACKFIELD_LLM_HAS_PRESENCE_PENALTY);
    map.optional(self.tool_choice, raw.tool_choice);
    map.optional(self.response_format, raw.response_format);
    map.optional(self.user, raw.user);
    map.optional(self.extra, raw.extra);
  }
};
using CompletionRequest = CompletionRequestOf<std::string>;
using CompletionRequestView = CompletionRequestOf<std::string_view>;

/* ---- Events of complete ---- */

enum class TextKind : uint32_t {
  content = JACKFIELD_LLM_CONTENT,
  reasoning = JACKFIELD_LLM_REASONING,
  refusal = JACKFIELD_LLM_REFUSAL,
};

struct Text {
  using Raw = jackfield_llm_text;
  std::string text;
  TextKind kind = TextKind::content;
  uint32_t choice = 0;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.text, raw.text);
    map.number(self.kind, raw.kind);
    map.number(self.choice, raw.choice);
  }
};

/* A tool call, or the next piece of one: pieces of one index are joined. */
struct ToolCall {
  using Raw = jackfield_llm_tool_call;
  uint32_t choice = 0;
  uint32_t index = 0;
  std::string id, name; /* in the first piece */
  std::string arguments;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.choice, raw.choice);
    map.number(self.index, raw.index);
    map.optional(self.id, raw.id);
    map.optional(self.name, raw.name);
    map.optional(self.arguments, raw.arguments);
  }
};

struct Stop {
  using Raw = jackfield_llm_stop;
  std::string reason; /* "stop", "length", "tool_calls", "content_filter" */
  uint32_t choice = 0;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.reason, raw.reason);
    map.number(self.choice, raw.choice);
  }
};

struct Usage {
  using Raw = jackfield_llm_usage;
  bool estimated = false;
  uint64_t prompt_tokens = 0, completion_tokens = 0, total_tokens = 0;
  uint64_t cached_tokens = 0, cache_write_tokens = 0, reasoning_tokens = 0;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.flag(self.estimated, raw.flags, JACKFIELD_LLM_ESTIMATED);
    map.number(self.prompt_tokens, raw.prompt_tokens);
    map.number(self.completion_tokens, raw.completion_tokens);
    map.number(self.total_tokens, raw.total_tokens);
    map.number(self.cached_tokens, raw.cached_tokens);
    map.number(self.cache_write_tokens, raw.cache_write_tokens);
    map.number(self.reasoning_tokens, raw.reasoning_tokens);
  }
};

struct Logprobs {
  using Raw = jackfield_llm_logprobs;
  uint32_t choice = 0;
  std::string json;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.choice, raw.choice);
    map.text(self.json, raw.json);
  }
};

struct Extra {
  using Raw = jackfield_llm_extra;
  uint32_t choice = 0;
  std::string json;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.choice, raw.choice);
    map.text(self.json, raw.json);
  }
};

/* From the service, with `run_tools`: a tool that the model asked for was called. */
struct ToolRun {
  using Raw = jackfield_llm_tool_run;
  int32_t code = 0;     /* JACKFIELD_OK, or why it could not be called; the model was told */
  bool failed = false;  /* the tool reports a failure of its own */
  uint32_t round = 0;   /* 1 and up */
  int64_t duration = 0; /* nanoseconds */
  std::string id, name, arguments, content;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.code, raw.code);
    map.flag(self.failed, raw.flags, JACKFIELD_TOOL_FAILED);
    map.number(self.round, raw.round);
    map.number(self.duration, raw.duration);
    map.text(self.id, raw.id);
    map.text(self.name, raw.name);
    map.text(self.arguments, raw.arguments);
    map.text(self.content, raw.content);
  }
};

using Event = std::variant<Text, ToolCall, Stop, Usage, Logprobs, Extra, ToolRun>;

struct CompletionResult {
  using Raw = jackfield_llm_complete_result;
  bool not_a_model = false; /* the text was made by other means */
  std::string id, model, upstream, extra;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.flag(self.not_a_model, raw.flags, JACKFIELD_LLM_NOT_A_MODEL);
    map.optional(self.id, raw.id);
    map.optional(self.model, raw.model);
    map.optional(self.upstream, raw.upstream);
    map.optional(self.extra, raw.extra);
  }
};

/* ---- models and embed ---- */

using ModelsRequest = Nothing<jackfield_llm_models>;

struct Model {
  using Raw = jackfield_llm_model;
  std::string id, owner;
  int64_t created = 0; /* seconds since 1970, or 0 */
  bool not_a_model = false;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.id, raw.id);
    map.optional(self.owner, raw.owner);
    map.number(self.created, raw.created);
    map.flag(self.not_a_model, raw.flags, JACKFIELD_LLM_NOT_A_MODEL);
  }
};

struct Models {
  using Raw = jackfield_llm_models_result;
  std::vector<Model> models;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.list(self.models, raw.models);
  }
};

template <class Text>
struct EmbeddingRequestOf {
  using Raw = jackfield_llm_embed;
  Text model, user, extra;
  uint32_t dimensions = 0; /* 0: as the model likes */
  std::vector<Text> input;

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.text(self.model, raw.model);
    map.optional(self.user, raw.user);
    map.optional(self.extra, raw.extra);
    map.number(self.dimensions, raw.dimensions);
    map.texts(self.input, raw.input);
  }
};
using EmbeddingRequest = EmbeddingRequestOf<std::string>;
using EmbeddingRequestView = EmbeddingRequestOf<std::string_view>;

struct Vector {
  using Raw = jackfield_llm_vector;
  std::string bytes; /* IEEE 754 binary32, little-endian */

  /* Jackfield runs on little-endian machines alone, so the bytes are the numbers. */
  static Vector of(const std::vector<float> &values) {
    Vector vector;
    vector.bytes.resize(values.size() * sizeof(float));
    if (!values.empty()) std::memcpy(&vector.bytes[0], values.data(), vector.bytes.size());
    return vector;
  }
  std::vector<float> values() const {
    std::vector<float> result(bytes.size() / sizeof(float));
    if (!result.empty()) std::memcpy(result.data(), bytes.data(), result.size() * sizeof(float));
    return result;
  }

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.data(self.bytes, raw.values);
  }
};

struct Embedding {
  using Raw = jackfield_llm_embed_result;
  uint64_t prompt_tokens = 0;
  std::string model, upstream;
  std::vector<Vector> vectors; /* in the order of the input */

  template <class Self, class Map>
  static void map(Self &self, Raw &raw, Map &map) {
    map.number(self.prompt_tokens, raw.prompt_tokens);
    map.optional(self.model, raw.model);
    map.optional(self.upstream, raw.upstream);
    map.list(self.vectors, raw.vectors);
  }
};

}  // namespace jackfield::llm

#endif
