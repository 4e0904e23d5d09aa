//! Payloads: what goes in comes out, and what is malformed is found.

use jackfield::abi::layout::{Kind, Layout, Structure};
use jackfield::abi::{self, contracts::CONTRACTS};
use jackfield::agent::{Invocation, Turn};
use jackfield::llm::{CompletionRequest, Message as LlmMessage, Options, Tool, ToolCall};
use jackfield::payload::{check, FaultKind, Message, PayloadBuffer};

/// A small generator: the same seed gives the same numbers (Marsaglia, "Xorshift RNGs", 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

fn invocation() -> Invocation {
    let turn = |role: &str, text: &str| Turn { role: role.into(), text: text.into() };
    Invocation {
        input: "grüße".into(),
        model: Some(String::new()),
        context: None,
        history: vec![turn("user", "a"), turn("assistant", "")],
    }
}

fn completion() -> CompletionRequest {
    let mut message = LlmMessage::text("assistant", "text");
    message.calls.push(ToolCall { id: "1".into(), name: "f".into(), arguments: "{}".into(), extra: None });
    CompletionRequest {
        options: Options { seed: Some(-1), temperature: Some(0.5), parallel_calls: Some(false), ..Options::default() },
        tools: vec![Tool { name: "f".into(), parameters: Some("{}".into()), ..Tool::default() }],
        stop: vec!["x".into(), "y".into()],
        stream: true,
        ..CompletionRequest::new("m", vec![message])
    }
}

fn fault(layout: &'static Layout, bytes: &[u8]) -> Option<FaultKind> {
    check(layout, bytes).err().map(|fault| fault.kind)
}

#[test]
fn what_goes_in_comes_out() {
    let buffer = invocation().payload();
    let payload = check(<abi::agent::Invoke as Structure>::LAYOUT, buffer.bytes()).unwrap();
    assert_eq!(payload.value::<Invocation>(), invocation());
    let buffer = completion().payload();
    let payload = check(<abi::llm::Complete as Structure>::LAYOUT, buffer.bytes()).unwrap();
    assert_eq!(payload.value::<CompletionRequest>(), completion());
}

#[test]
fn each_fault_is_found_and_named() {
    let layout = <abi::agent::Invoke as Structure>::LAYOUT;
    let valid = invocation().payload();
    let with = |at: usize, value: u32| {
        let mut bytes = valid.bytes().to_vec();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        fault(layout, PayloadBuffer::copy(&bytes).bytes())
    };
    let length = valid.bytes().len() as u32;
    assert_eq!(fault(layout, valid.bytes()), None);
    assert_eq!(fault(layout, &valid.bytes()[1..]), Some(FaultKind::Alignment));
    assert_eq!(fault(layout, &[]), Some(FaultKind::Size));
    assert_eq!(with(0, 40), Some(FaultKind::Size));
    assert_eq!(with(0, length + 1), Some(FaultKind::Size));
    assert_eq!(with(0, length), Some(FaultKind::Unknown));
    assert_eq!(with(4, 1), Some(FaultKind::Reserved));
    assert_eq!(with(8, 16), Some(FaultKind::Range));
    assert_eq!(with(8, u32::MAX), Some(FaultKind::Range));
    assert_eq!(with(8, 0), Some(FaultKind::Range));
    assert_eq!(with(36, u32::MAX), Some(FaultKind::Range));
    assert_eq!(with(32, 60), Some(FaultKind::Alignment));
    assert_eq!(with(40, 8), Some(FaultKind::Stride));
    assert_eq!(with(44, 1), Some(FaultKind::Reserved));
    let text = check(layout, valid.bytes()).unwrap().head::<abi::agent::Invoke>().input;
    assert_eq!(with(text.offset as usize, 0xffff_ffff), Some(FaultKind::Text));
    let whole = with(12, length - text.offset);
    assert!(matches!(whole, Some(FaultKind::Text | FaultKind::Overlap)), "{:?}", whole);
}

#[test]
fn a_longer_struct_is_accepted_if_its_tail_is_zero() {
    let layout = <abi::agent::Describe as Structure>::LAYOUT;
    let mut bytes = vec![0; 24];
    bytes[0] = 24;
    assert_eq!(fault(layout, PayloadBuffer::copy(&bytes).bytes()), None);
    bytes[23] = 1;
    assert_eq!(fault(layout, PayloadBuffer::copy(&bytes).bytes()), Some(FaultKind::Unknown));
}

/// A well-formed payload of any layout, with lists of two and texts of some bytes.
fn sample(layout: &'static Layout, random: &mut Random) -> PayloadBuffer {
    fn fill(layout: &'static Layout, at: usize, bytes: &mut Vec<u8>, random: &mut Random) {
        for field in layout.fields {
            let place = at + field.offset;
            let put = |bytes: &mut Vec<u8>, index: usize, value: usize| {
                bytes[place + 4 * index..place + 4 * index + 4].copy_from_slice(&(value as u32).to_le_bytes())
            };
            match field.kind {
                Kind::Text | Kind::Data => {
                    let (offset, length) = (bytes.len(), random.below(9));
                    bytes.extend(std::iter::repeat(b'a').take(length));
                    put(bytes, 0, offset);
                    put(bytes, 1, length);
                }
                Kind::List => {
                    let (element, count) = (field.element.unwrap(), random.below(3));
                    if count == 0 {
                        continue;
                    }
                    bytes.resize((bytes.len() + 7) / 8 * 8, 0);
                    let offset = bytes.len();
                    bytes.resize(offset + count * element.size, 0);
                    put(bytes, 0, offset);
                    put(bytes, 1, count);
                    put(bytes, 2, element.size);
                    for index in 0..count {
                        fill(element, offset + index * element.size, bytes, random);
                    }
                }
                Kind::U32 if field.name != "size" => put(bytes, 0, random.below(4)),
                _ => {}
            }
        }
    }
    let mut bytes = vec![0; layout.size];
    bytes[..4].copy_from_slice(&(layout.size as u32).to_le_bytes());
    fill(layout, 0, &mut bytes, random);
    PayloadBuffer::copy(&bytes)
}

/// Decode as whatever handler would get it.
fn decode(layout: &'static Layout, payload: &jackfield::payload::Payload<'_>) {
    match layout.name {
        "jackfield_agent_invoke" => drop(payload.value::<Invocation>()),
        "jackfield_llm_complete" => drop(payload.value::<CompletionRequest>()),
        "jackfield_llm_embed" => drop(payload.value::<jackfield::llm::EmbeddingRequest>()),
        "jackfield_validator_check" => drop(payload.value::<jackfield::validator::Subject>()),
        "jackfield_exporter_snapshot" => drop(payload.value::<jackfield::exporter::Snapshot>()),
        "jackfield_notifier_alert" => drop(payload.value::<jackfield::notifier::Alert>()),
        "jackfield_tool_call" => drop(payload.value::<jackfield::tool::Request>()),
        _ => {}
    }
}

#[test]
fn damaged_payloads_of_every_struct_are_read_without_harm() {
    let mut random = Random(0x6a61_636b_6669_656c);
    let (mut accepted, mut refused) = (0, 0);
    let methods = CONTRACTS.iter().flat_map(|contract| contract.methods);
    let layouts = methods.flat_map(|method| {
        [method.request, method.result].into_iter().chain(method.events.iter().map(|event| event.payload))
    });
    for layout in layouts {
        for _ in 0..400 {
            let whole = sample(layout, &mut random);
            assert_eq!(fault(layout, whole.bytes()), None, "{}", layout.name);
            let mut bytes = whole.bytes().to_vec();
            for _ in 0..1 + random.below(4) {
                let at = random.below(bytes.len());
                match random.below(4) {
                    0 => bytes[at] = random.below(256) as u8,
                    1 => bytes[at] ^= 1 << random.below(8),
                    2 => bytes.truncate(at),
                    _ => bytes.extend(std::iter::repeat(0).take(random.below(17))),
                }
                if bytes.is_empty() {
                    break;
                }
            }
            match check(layout, PayloadBuffer::copy(&bytes).bytes()) {
                Ok(payload) => {
                    accepted += 1;
                    decode(layout, &payload);
                }
                Err(fault) => {
                    refused += 1;
                    assert!(!fault.to_string().is_empty());
                }
            }
        }
    }
    assert!(accepted > 1000 && refused > 1000, "{} accepted, {} refused", accepted, refused);
}
