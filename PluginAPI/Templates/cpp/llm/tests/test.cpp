/* Run by `make test`. */
#include <jackfield/cpp/testing.hpp>

using jackfield::Json;
using jackfield::testing::Host;
namespace llm = jackfield::llm;

static const char *const base = "http://127.0.0.1:8000/v1";

static llm::CompletionRequest question() {
  llm::CompletionRequest request;
  request.model = "small";
  request.temperature = 0.5;
  llm::Message message;
  message.role = "user";
  message.parts.resize(2);
  message.parts[0].text = "Is all";
  message.parts[1].text = "well?";
  request.messages.push_back(message);
  request.extra = R"({"top_k": 3, "model": "other"})";
  return request;
}

static jackfield::testing::Answer stream(std::vector<std::string> chunks) {
  return {"POST", std::string(base) + "/chat/completions", 200, {{"content-type", "text/event-stream"}}, chunks};
}

static void lists_models() {
  Host host(jackfield_plugin_v1());
  host.http({"GET",
             std::string(base) + "/models",
             200,
             {},
             {R"({"data": [{"id": "small", "owned)", R"(_by": "me", "created": 7}]})"}});
  auto run = host.call(JACKFIELD_LLM_MODELS, llm::ModelsRequest());
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  auto models = run.result<llm::Models>().models;
  JACKFIELD_EXPECT(models.size() == 1 && models[0].id == "small" && models[0].owner == "me" && models[0].created == 7);
}

static void streams_an_answer(bool is_slow) {
  Host host(jackfield_plugin_v1(), R"({"api_key_secret": "KEY"})");
  if (is_slow) host.be_slow();
  host.http(stream({"data: {\"id\":\"c1\",\"model\":\"small-1\",\"choices\":[{\"index\":0,\"delta\":"
                    "{\"content\":\"All \"}}]}\r\n\r\nda",
                    "ta: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"is well.\"},"
                    "\"finish_reason\":\"stop\"}]}\n\n",
                    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4,"
                    "\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\ndata: [DONE]\n\n"}));
  auto run = host.call(JACKFIELD_LLM_COMPLETE, question());
  JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
  std::string text;
  for (const auto &piece : run.events_of<llm::Text>(JACKFIELD_LLM_EVENT_TEXT)) text += piece.text;
  JACKFIELD_EXPECT(text == "All is well.");
  auto stops = run.events_of<llm::Stop>(JACKFIELD_LLM_EVENT_STOP);
  auto usages = run.events_of<llm::Usage>(JACKFIELD_LLM_EVENT_USAGE);
  JACKFIELD_EXPECT(stops.size() == 1 && stops[0].reason == "stop");
  JACKFIELD_EXPECT(usages.size() == 1 && usages[0].total_tokens == 9 && usages[0].cached_tokens == 2);
  JACKFIELD_EXPECT(run.result<llm::CompletionResult>().model == "small-1");
  auto request = host.requests().at(0);
  JACKFIELD_EXPECT(request.headers.back().value == "Bearer ${secret:KEY}");
  Json body = Json::parse(request.body);
  JACKFIELD_EXPECT(body["model"].text() == "small" && body["top_k"].integer() == 3 && body["stream"].boolean());
  JACKFIELD_EXPECT(body["messages"].items().at(0)["content"].text() == "Is all\nwell?");
  JACKFIELD_EXPECT(body["temperature"].number() == 0.5);
}

static void passes_on_tool_calls() {
  Host host(jackfield_plugin_v1());
  host.http(stream({"data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t1\","
                    "\"function\":{\"name\":\"convert\",\"arguments\":\"{}\"}}]},"
                    "\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n"}));
  auto run = host.call(JACKFIELD_LLM_COMPLETE, question());
  auto calls = run.events_of<llm::ToolCall>(JACKFIELD_LLM_EVENT_TOOL_CALL);
  JACKFIELD_EXPECT(calls.size() == 1 && calls[0].name == "convert" && calls[0].arguments == "{}");
  auto usages = run.events_of<llm::Usage>(JACKFIELD_LLM_EVENT_USAGE);
  JACKFIELD_EXPECT(usages.size() == 1 && usages[0].estimated);
}

static void takes_a_broken_stream_for_an_error() {
  Host host(jackfield_plugin_v1());
  host.http(stream({"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"All \"}}]}\n\n"}));
  JACKFIELD_EXPECT(host.call(JACKFIELD_LLM_COMPLETE, question()).code == JACKFIELD_UNAVAILABLE);
}

static void passes_on_what_the_server_says() {
  Host host(jackfield_plugin_v1());
  host.http({"POST", "*", 400, {}, {R"({"error": {"message": "no such model"}})"}});
  auto run = host.call(JACKFIELD_LLM_COMPLETE, question());
  JACKFIELD_EXPECT(run.code == JACKFIELD_INVALID_ARGUMENT && !run.retry);
  JACKFIELD_EXPECT(run.message == "the server answered 400: no such model");
}

int main() {
  lists_models();
  streams_an_answer(false);
  streams_an_answer(true);
  passes_on_tool_calls();
  takes_a_broken_stream_for_an_error();
  passes_on_what_the_server_says();
  return jackfield::testing::failures() == 0 ? 0 : 1;
}
