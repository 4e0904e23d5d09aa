/* Run by `make test`. */
#include "host.h"

static void ask(const char *config) {
  jackfield_builder b;
  jackfield_llm_complete request = {0};
  jackfield_llm_message message = {0};
  jackfield_llm_part part = {0};
  EXPECT(test_open(config) == JACKFIELD_OK);
  jackfield_build(&b, sizeof request);
  request.present = JACKFIELD_LLM_HAS_TEMPERATURE;
  request.temperature = 0.5;
  request.model = jackfield_build_string(&b, "small");
  request.extra = jackfield_build_string(&b, "{\"top_k\": 3, \"model\": \"other\"}");
  request.messages = jackfield_build_list(&b, 1, sizeof message);
  message.role = jackfield_build_string(&b, "user");
  message.parts = jackfield_build_list(&b, 2, sizeof part);
  part.kind = JACKFIELD_LLM_PART_TEXT;
  part.text = jackfield_build_string(&b, "Is all");
  jackfield_build_set(&b, message.parts, 0, &part);
  part.text = jackfield_build_string(&b, "well?");
  jackfield_build_set(&b, message.parts, 1, &part);
  jackfield_build_set(&b, request.messages, 0, &message);
  test_call(JACKFIELD_LLM_COMPLETE, jackfield_built(&b, &request));
  jackfield_build_free(&b);
}

static void set_answer(uint32_t status, const char *first, const char *second, const char *third) {
  test.status = status;
  test.chunks[0] = first;
  test.chunks[1] = second;
  test.chunks[2] = third;
  test.chunks[3] = NULL;
}

static const test_payload *event(uint32_t number, uint32_t index) {
  for (uint32_t i = 0; i < test.event_count; i++)
    if (test.events[i].number == number && index-- == 0) return &test.events[i];
  return NULL;
}

static void lists_models(void) {
  jackfield_builder b;
  jackfield_llm_models request = {0, 0};
  jackfield_llm_models_result result = {0};
  jackfield_llm_model model;
  set_answer(200, "{\"data\": [{\"id\": \"small\", \"owned", "_by\": \"me\", \"created\": 7}]}", NULL);
  EXPECT(test_open("{}") == JACKFIELD_OK);
  jackfield_build(&b, sizeof request);
  test_call(JACKFIELD_LLM_MODELS, jackfield_built(&b, &request));
  jackfield_build_free(&b);
  EXPECT(test.code == JACKFIELD_OK);
  jackfield_read(test.result, &result, sizeof result);
  EXPECT(result.models.count == 1);
  if (result.models.count == 1) {
    jackfield_read_element(test.result, result.models, 0, &model, sizeof model);
    EXPECT(test_equals(test.result, model.id, "small") && test_equals(test.result, model.owner, "me"));
    EXPECT(model.created == 7);
  }
  EXPECT(strcmp(test.request, "GET http://127.0.0.1:8000/v1/models\n") == 0);
  test_close();
}

static void streams_an_answer(int is_slow) {
  jackfield_llm_text text;
  jackfield_llm_usage usage;
  set_answer(200,
             "data: {\"id\":\"c1\",\"model\":\"small-1\",\"choices\":[{\"index\":0,"
             "\"delta\":{\"content\":\"All \"}}]}\r\n\r\nda",
             "ta: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"is well.\"},\"finish_reason\":\"stop\"}]}\n\n",
             "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4,"
             "\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\ndata: [DONE]\n\n");
  test.is_slow = is_slow;
  ask("{\"api_key_secret\": \"KEY\", \"base_url\": \"http://127.0.0.1:1/v1/\"}");
  test.is_slow = 0;
  EXPECT(test.code == JACKFIELD_OK && test.event_count == 4);
  if (test.event_count == 4) {
    jackfield_read(test.events[0].view, &text, sizeof text);
    EXPECT(test_equals(test.events[0].view, text.text, "All "));
    jackfield_read(test.events[1].view, &text, sizeof text);
    EXPECT(test_equals(test.events[1].view, text.text, "is well."));
    EXPECT(test.events[2].number == JACKFIELD_LLM_EVENT_STOP);
    jackfield_read(test.events[3].view, &usage, sizeof usage);
    EXPECT(usage.total_tokens == 9 && usage.cached_tokens == 2 && usage.flags == 0);
  }
  EXPECT(strcmp(test.request,
                "POST http://127.0.0.1:1/v1/chat/completions\ncontent-type: application/json\n"
                "authorization: Bearer ${secret:KEY}\n"
                "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"Is all\\nwell?\"}],"
                "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"temperature\":0.5,\"top_k\":3}") == 0);
  test_close();
}

static void passes_on_tool_calls(void) {
  jackfield_llm_tool_call use;
  jackfield_llm_usage usage;
  set_answer(200,
             "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t1\",\"function\":"
             "{\"name\":\"convert\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n",
             NULL, NULL);
  ask("{}");
  const test_payload *first = event(JACKFIELD_LLM_EVENT_TOOL_CALL, 0), *counted = event(JACKFIELD_LLM_EVENT_USAGE, 0);
  EXPECT(test.code == JACKFIELD_OK && first != NULL && counted != NULL);
  if (first != NULL && counted != NULL) {
    jackfield_read(first->view, &use, sizeof use);
    EXPECT(test_equals(first->view, use.name, "convert") && test_equals(first->view, use.arguments, "{}"));
    jackfield_read(counted->view, &usage, sizeof usage);
    EXPECT(usage.flags == JACKFIELD_LLM_ESTIMATED);
  }
  test_close();
}

static void takes_a_broken_stream_for_an_error(void) {
  set_answer(200, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"All \"}}]}\n\n", NULL, NULL);
  ask("{}");
  EXPECT(test.code == JACKFIELD_UNAVAILABLE);
  test_close();
}

static void passes_on_what_the_server_says(void) {
  set_answer(400, "{\"error\": {\"message\": \"no such model\"}}", NULL, NULL);
  ask("{}");
  EXPECT(test.code == JACKFIELD_INVALID_ARGUMENT && test.retry == 0);
  EXPECT(strcmp(test.message, "the server answered 400: no such model") == 0);
  test_close();
}

int main(void) {
  lists_models();
  streams_an_answer(0);
  streams_an_answer(1);
  passes_on_tool_calls();
  takes_a_broken_stream_for_an_error();
  passes_on_what_the_server_says();
  return test.failures == 0 ? 0 : 1;
}
