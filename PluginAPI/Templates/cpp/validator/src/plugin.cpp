/* @ID@: finds words of a list. */
#include <jackfield/jackfield.hpp>

#include <algorithm>

namespace {

using jackfield::Error;
using jackfield::validator::Action;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

class @TYPE@ final : public jackfield::Validator {
 public:
  explicit @TYPE@(const jackfield::Setup &setup) : replacement_(setup.config["replacement"].text("[redacted]")) {
    const jackfield::Json &words = setup.config["words"];
    for (const jackfield::Json &word : words.items()) add(word.text());
    if (words.is_null()) add("confidential");
    std::string action = setup.config["action"].text("redact");
    action_ = action == "block" ? Action::block : action == "flag" ? Action::flag : Action::redact;
  }

  jackfield::validator::Verdict check(const jackfield::validator::SubjectView &subject, jackfield::Call &) override {
    jackfield::validator::Verdict verdict;
    for (size_t i = 0; i < subject.segments.size(); i++) scan(subject.segments[i].text, i, subject.last, verdict);
    if (!verdict.findings.empty()) verdict.action = action_;
    return verdict;
  }

 private:
  void add(std::string word) {
    if (word.empty()) return;
    for (char &c : word) c = lower(c);
    longest_ = std::max(longest_, word.size());
    words_.push_back(std::move(word));
  }

  /* Bytes of the longest word that stands at a place; 0 for none. Letters of ASCII match whatever their case. */
  size_t match(std::string_view text, size_t at) const {
    size_t best = 0;
    for (const std::string &word : words_) {
      if (word.size() <= best || word.size() > text.size() - at) continue;
      size_t i = 0;
      while (i < word.size() && lower(text[at + i]) == word[i]) i++;
      if (i == word.size()) best = i;
    }
    return best;
  }

  /* From the left, as far as no later piece of the text can change what is found: how a stream is cut makes no
     difference. */
  void scan(std::string_view text, size_t segment, bool is_last, jackfield::validator::Verdict &verdict) const {
    size_t at = 0, copied = 0;
    std::string rewritten;
    size_t before = verdict.findings.size();
    while (is_last ? at < text.size() : at + longest_ <= text.size()) {
      if (longest_ == 0) {
        at = text.size();
        break;
      }
      size_t length = match(text, at);
      if (length == 0) {
        at++;
        continue;
      }
      jackfield::validator::Finding finding;
      finding.action = action_;
      finding.severity = jackfield::Severity::warning;
      finding.segment = static_cast<uint32_t>(segment);
      finding.start = static_cast<uint32_t>(at);
      finding.length = static_cast<uint32_t>(length);
      finding.rule = "@SNAKE@.word";
      finding.message = "A word of the configured list.";
      verdict.findings.push_back(finding);
      rewritten.append(text.substr(copied, at - copied)).append(replacement_);
      at += length;
      copied = at;
    }
    size_t settled = jackfield::validator::character_boundary(text, at);
    verdict.settled.push_back({settled});
    if (action_ != Action::redact || verdict.findings.size() == before) return;
    rewritten.append(text.substr(copied, settled - copied));
    verdict.rewrites.push_back({static_cast<uint32_t>(segment), rewritten});
  }

  std::vector<std::string> words_; /* lower case */
  size_t longest_ = 0;
  Action action_ = Action::redact;
  const std::string replacement_;
};

}  // namespace

JACKFIELD_PLUGIN(@TYPE@, "@ID@", "0.1.0", jackfield::non_blocking())
