/* @ID@: posts alerts to a webhook. */
#include <jackfield/jackfield.hpp>

#include "upstream_error.hpp"

namespace {

using jackfield::Json;
using jackfield::notifier::AlertView;
using jackfield::notifier::Receipt;

const char *name_of(jackfield::Severity severity) {
  switch (severity) {
    case jackfield::Severity::ok: return "ok";
    case jackfield::Severity::info: return "info";
    case jackfield::Severity::warning: return "warning";
    default: return "critical";
  }
}

Json text_or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

class @TYPE@ final : public jackfield::Notifier {
 public:
  explicit @TYPE@(const jackfield::Setup &setup)
      : url_(setup.config["url"].text("http://127.0.0.1:9000/hook")), secret_(setup.config["token_secret"].text()) {}

  Receipt notify(const AlertView &alert, jackfield::Call &call) override { return post("notify", alert, call); }
  Receipt resolve(const AlertView &alert, jackfield::Call &call) override { return post("resolve", alert, call); }

 private:
  Receipt post(const char *event, const AlertView &alert, jackfield::Call &call) const {
    Json labels = Json::object();
    for (const jackfield::PairView &label : alert.labels) labels.set(label.name, Json(label.value));
    jackfield::http::Request request;
    request.method = "POST";
    request.url = url_;
    request.headers = {{"content-type", "application/json"}};
    /* The host puts the secret in: the plugin never has it. */
    if (!secret_.empty()) request.headers.push_back({"authorization", "Bearer ${secret:" + secret_ + "}"});
    request.body = Json::object()
                       .set("event", event)
                       .set("id", alert.id)
                       .set("rule", alert.rule)
                       .set("severity", name_of(alert.severity))
                       .set("title", alert.title)
                       .set("detail", text_or_null(alert.detail))
                       .set("source", alert.source)
                       .set("started", alert.started)
                       .set("ended", alert.ended == 0 ? Json() : Json(alert.ended))
                       .set("reference", text_or_null(alert.reference))
                       .set("labels", labels)
                       .dump();
    jackfield::HttpStream answer = call.http_stream(request);
    if (answer.status() < 200 || answer.status() > 299) {
      jackfield::Error error = upstream_error(answer);
      call.log(jackfield::LogLevel::warning, "the webhook did not take an alert", {{"reason", error.message()}});
      throw error;
    }
    return receipt_of(beginning(answer, 64 * 1024));
  }

  static Receipt receipt_of(const std::string &body) {
    Receipt receipt;
    try {
      Json json = Json::parse(body);
      receipt.reference = json["reference"].is_text() ? json["reference"].text() : json["id"].text();
    } catch (const jackfield::JsonError &) {
      /* A webhook owes no answer. */
    }
    return receipt;
  }

  const std::string url_;
  const std::string secret_;
};

}  // namespace

JACKFIELD_PLUGIN(@TYPE@, "@ID@", "0.1.0", jackfield::needs(JACKFIELD_HTTP), jackfield::uses(JACKFIELD_LOG),
                 jackfield::workers(4))
