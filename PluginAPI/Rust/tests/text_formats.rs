//! JSON, configuration and server-sent events.

use jackfield::json::DEPTH_LIMIT;
use jackfield::upstream::EventStream;
use jackfield::{Config, Json};

#[test]
fn what_was_written_reads_back_the_same() {
    let documents = [
        r#"{"a":[1,-2.5e3,true,false,null],"b":{"c":"\"\\\n\t\u0001é😀"}}"#,
        "[]",
        "{}",
        r#""""#,
        "123456789012345678901234567890.5",
        "0",
        "-0.0",
    ];
    for text in documents {
        assert_eq!(Json::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Json::parse(r#" "\u00e9\ud83d\ude00\/" "#).unwrap(), Json::from("é😀/"));
}

#[test]
fn what_rfc_8259_does_not_allow_is_refused() {
    let documents = [
        "",
        " ",
        "nul",
        "truex",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "--1",
        "0x1",
        "NaN",
        "[1,]",
        "[1 2]",
        "[",
        "]",
        "{",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        "{a:1}",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\n\"",
        "1 1",
        "[1]]",
        "\u{feff}1",
        "/**/1",
    ];
    for text in documents {
        assert!(Json::parse(text).is_err(), "{:?} was accepted", text);
    }
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Json::parse(&nested(DEPTH_LIMIT)).is_ok());
    assert_eq!(Json::parse(&nested(DEPTH_LIMIT + 1)).unwrap_err().reason, "it is nested too deeply");
    assert!(Json::parse(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn numbers_are_read_as_what_fits() {
    let number = |text: &str| Json::parse(text).unwrap();
    assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
    assert_eq!(number("18446744073709551616").as_u64(), None);
    assert_eq!(number("-9223372036854775808").as_i64(), Some(i64::MIN));
    assert_eq!(number("9223372036854775808").as_i64(), None);
    assert_eq!(number("1e3").as_u64(), Some(1000));
    assert_eq!(number("1.5").as_i64(), None);
    assert_eq!(number("1e999").as_f64(), None);
}

#[test]
fn numbers_are_written_short() {
    let text = |value: f64| Json::from(value).to_string();
    assert_eq!([1.0, 0.1, -2.5, 1e21, 1e-7, 0.0].map(text), ["1", "0.1", "-2.5", "1e21", "1e-7", "0"]);
    assert_eq!(text(f64::NAN), "null");
    for value in [1.0 / 3.0, 5e-324, f64::MAX, 9007199254740993.0] {
        assert_eq!(Json::parse(&text(value)).unwrap().as_f64(), Some(value));
    }
}

#[test]
fn of_two_members_with_one_name_the_last_one_counts() {
    assert_eq!(Json::parse(r#"{"a":1,"a":2}"#).unwrap().get("a").unwrap().as_u64(), Some(2));
}

#[test]
fn configuration_is_read_with_defaults_and_errors_that_name_the_key() {
    let config = Config::parse(r#"{"words":["a"],"count":3,"null":null,"secret":7}"#).unwrap();
    assert_eq!(config.texts("words", &[]).unwrap(), ["a"]);
    assert_eq!(config.count("count", 0).unwrap(), 3);
    assert_eq!(config.number("missing", 1.5).unwrap(), 1.5);
    assert!(config.flag("null", true).unwrap());
    let error = config.text("secret", "").unwrap_err();
    assert_eq!(error.message, "config.secret is a number, where a string is expected");
}

#[test]
fn events_are_the_same_wherever_the_stream_is_cut() {
    let text = ": comment\r\ndata: one\r\n\r\nevent: x\ndata:two\ndata:  é\n\n\ndata\n\nid: 7\n\rdata: cut";
    let whole = EventStream::new(100).push(text.as_bytes()).unwrap();
    assert_eq!(whole, ["one", "two\n é", ""]);
    for cut in 0..text.len() {
        let mut stream = EventStream::new(100);
        let mut events = stream.push(&text.as_bytes()[..cut]).unwrap();
        events.extend(stream.push(&text.as_bytes()[cut..]).unwrap());
        assert_eq!(events, whole, "cut at {}", cut);
    }
}

#[test]
fn an_event_without_an_end_is_refused_at_its_bound() {
    let mut stream = EventStream::new(10);
    assert!(stream.push(b"data: 1234").is_ok());
    assert!(stream.push(b"56").is_err());
}
