/* @ID@: two tools about units. */
#include <jackfield/jackfield.hpp>

#include <algorithm>
#include <cmath>

namespace {

using jackfield::Code;
using jackfield::Error;
using jackfield::Json;

/* A unit, and how a value in it becomes one in the first unit of its kind: value * factor + offset. */
struct Unit {
  const char *name;
  const char *kind;
  double factor;
  double offset;
};

constexpr Unit units[] = {
    {"m", "length", 1, 0},        {"km", "length", 1000, 0},         {"cm", "length", 0.01, 0},
    {"mm", "length", 0.001, 0},   {"in", "length", 0.0254, 0},       {"ft", "length", 0.3048, 0},
    {"mi", "length", 1609.344, 0}, {"kg", "mass", 1, 0},             {"g", "mass", 0.001, 0},
    {"lb", "mass", 0.45359237, 0}, {"oz", "mass", 0.028349523125, 0}, {"C", "temperature", 1, 0},
    {"F", "temperature", 5.0 / 9.0, -160.0 / 9.0}, {"K", "temperature", 1, -273.15},
};
constexpr const char *kinds[] = {"length", "mass", "temperature"};

Json names_of(const char *kind) {
  Json names = Json::array();
  for (const Unit &unit : units)
    if (kind == nullptr || std::string(kind) == unit.kind) names.add(unit.name);
  return names;
}

std::string listed(const Json &names) {
  std::string text;
  for (const Json &name : names.items()) text += (text.empty() ? "" : ", ") + name.text();
  return text;
}

/* The arguments as an object that has no other members than these. */
Json arguments_of(std::string_view text, const std::vector<std::string> &allowed) {
  Json arguments;
  try {
    arguments = Json::parse(text);
  } catch (const jackfield::JsonError &error) {
    throw Error(Code::invalid_argument, std::string("the arguments are not JSON: ") + error.what());
  }
  if (!arguments.is_object()) throw Error(Code::invalid_argument, "the arguments must be a JSON object");
  for (const std::string &name : arguments.names())
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
      throw Error(Code::invalid_argument, name + ": there is no such argument");
  return arguments;
}

const Unit &unit_of(const Json &arguments, const char *argument) {
  const Json &given = arguments[argument];
  if (!given.is_text())
    throw Error(Code::invalid_argument, std::string(argument) + ": a unit is needed here, as a text");
  for (const Unit &unit : units)
    if (given.text() == unit.name) return unit;
  throw Error(Code::invalid_argument,
              std::string(argument) + ": " + given.dump() + " is none of " + listed(names_of(nullptr)));
}

class @TYPE@ final : public jackfield::Tool {
 public:
  explicit @TYPE@(const jackfield::Setup &setup) : decimals_(static_cast<int>(setup.config["decimals"].integer(6))) {}

  jackfield::tool::Entries list() override {
    std::string all = names_of(nullptr).dump();
    jackfield::tool::Entry convert;
    convert.name = "convert";
    convert.description = "Converts a value from one unit to another of the same kind.";
    convert.parameters = R"({"type":"object","properties":{"value":{"type":"number"},)"
                         R"("from":{"type":"string","enum":)" + all + R"(},"to":{"type":"string","enum":)" + all +
                         R"(}},"required":["value","from","to"],"additionalProperties":false})";
    convert.result = R"({"type":"object","properties":{"value":{"type":"number"},"unit":{"type":"string"}},)"
                     R"("required":["value","unit"]})";
    convert.flags = jackfield::tool::read_only | jackfield::tool::idempotent;
    jackfield::tool::Entry units;
    units.name = "units";
    units.description = "Lists the units of one kind, or all of them.";
    units.parameters = R"({"type":"object","properties":{"kind":{"type":"string",)"
                       R"("enum":["length","mass","temperature"]}},"additionalProperties":false})";
    units.flags = convert.flags;
    jackfield::tool::Entries entries;
    entries.tools = {convert, units};
    return entries;
  }

  jackfield::tool::Result use(const jackfield::tool::UseView &request, jackfield::ToolCall &) override {
    if (request.name == "convert") return convert(arguments_of(request.arguments, {"value", "from", "to"}));
    if (request.name == "units") return kinds_and_units(arguments_of(request.arguments, {"kind"}));
    throw Error(Code::not_found, "there is no tool " + Json(request.name).dump() + ", only convert and units");
  }

 private:
  jackfield::tool::Result convert(const Json &arguments) const {
    if (!arguments["value"].is_number()) throw Error(Code::invalid_argument, "value: a number is needed here");
    double value = arguments["value"].number();
    const Unit &from = unit_of(arguments, "from");
    const Unit &to = unit_of(arguments, "to");
    jackfield::tool::Result result;
    if (std::string(from.kind) != to.kind) {
      /* The tool ran and says why it has no answer: for the model to read. */
      result.failed = true;
      result.content = Json::object()
                           .set("error", std::string("cannot convert ") + from.name + " to " + to.name + ": " +
                                             from.kind + " is not " + to.kind)
                           .dump();
      return result;
    }
    double converted = from.name == to.name ? value : (value * from.factor + from.offset - to.offset) / to.factor;
    result.content = Json::object().set("value", rounded(converted)).set("unit", to.name).dump();
    return result;
  }

  jackfield::tool::Result kinds_and_units(const Json &arguments) const {
    Json answer = Json::object();
    const Json &wanted = arguments["kind"];
    for (const char *kind : kinds)
      if (!arguments.has("kind") || wanted.text() == kind) answer.set(kind, names_of(kind));
    if (!(wanted.is_text() || !arguments.has("kind")) || answer.size() == 0)
      throw Error(Code::invalid_argument, "kind: " + wanted.dump() + " is none of length, mass, temperature");
    jackfield::tool::Result result;
    result.content = answer.dump();
    return result;
  }

  double rounded(double value) const {
    double scale = std::pow(10.0, decimals_);
    double shifted = std::round(value * scale);
    /* Beyond 2^53 there are no digits left to round. */
    double result = std::fabs(shifted) < 9007199254740992.0 ? shifted / scale : value;
    return result == 0 ? 0 : result;
  }

  const int decimals_;
};

}  // namespace

JACKFIELD_PLUGIN(@TYPE@, "@ID@", "0.1.0", jackfield::non_blocking())
