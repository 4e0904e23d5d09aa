//! The structs of this crate lie in memory as the C compiler lays out those of the headers.

use jackfield::abi;
use jackfield::abi::contracts::CONTRACTS;
use jackfield::abi::layout::{Kind, Layout, Structure};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Command;

/// Every layout that a contract reaches, by its C name.
fn layouts() -> BTreeMap<&'static str, &'static Layout> {
    fn add(layout: &'static Layout, all: &mut BTreeMap<&'static str, &'static Layout>) {
        if all.insert(layout.name, layout).is_none() {
            layout.fields.iter().filter_map(|field| field.element).for_each(|element| add(element, all));
        }
    }
    let mut all = BTreeMap::new();
    add(abi::payload::Context::LAYOUT, &mut all);
    for method in CONTRACTS.iter().flat_map(|contract| contract.methods) {
        add(method.request, &mut all);
        add(method.result, &mut all);
        method.events.iter().for_each(|event| add(event.payload, &mut all));
    }
    all
}

/// What a program of these lines prints.
fn c_program(name: &str, lines: &str) -> String {
    let folder = std::env::temp_dir().join(format!("jackfield-{}-{}", name, std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (source, program) = (folder.join("main.c"), folder.join("main"));
    let text = format!(
        "#include <stdio.h>\n#include \"jackfield/jackfield.h\"\n#include \"jackfield/layouts.h\"\n\
         int main(void) {{\n{}\n}}\n",
        lines
    );
    std::fs::write(&source, text).unwrap();
    let include = concat!(env!("CARGO_MANIFEST_DIR"), "/../C/include");
    let built = Command::new("cc").arg("-I").arg(include).arg(&source).arg("-o").arg(&program).output();
    let built = built.expect("cc is needed to compare with the C headers");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let output = Command::new(&program).output().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Lines that print size and offsets as C has them, and the same lines as this crate has them.
fn compared(name: &str, size: usize, fields: &[(&str, usize)], program: &mut String, expected: &mut String) {
    writeln!(program, "printf(\"{0} %zu\\n\", sizeof({0}));", name).unwrap();
    writeln!(expected, "{} {}", name, size).unwrap();
    for (field, offset) in fields {
        writeln!(program, "printf(\"{0}.{1} %zu\\n\", offsetof({0}, {1}));", name, field).unwrap();
        writeln!(expected, "{}.{} {}", name, field, offset).unwrap();
    }
}

#[test]
fn payload_structs_are_laid_out_as_in_c() {
    let (mut program, mut expected) = (String::new(), String::new());
    let all = layouts();
    assert!(all.len() > 50, "only {} structs were compared", all.len());
    for layout in all.values() {
        let fields: Vec<_> = layout.fields.iter().map(|field| (field.name, field.offset)).collect();
        compared(layout.name, layout.size, &fields, &mut program, &mut expected);
    }
    assert_eq!(c_program("payloads", &program), expected);
}

macro_rules! fields {
    ($type:ty, $($field:ident),+) => {{
        let place = std::mem::MaybeUninit::<$type>::uninit();
        let base = place.as_ptr();
        [$((stringify!($field), unsafe { std::ptr::addr_of!((*base).$field) } as usize - base as usize)),+]
    }};
}

#[test]
fn the_structs_of_abi_h_are_laid_out_as_in_c() {
    let (mut program, mut expected) = (String::new(), String::new());
    macro_rules! compare {
        ($name:literal, $type:ty, $($field:ident),+) => {
            compared($name, std::mem::size_of::<$type>(), &fields!($type, $($field),+), &mut program, &mut expected)
        };
    }
    compare!("jackfield_view", abi::View, data, size);
    compare!(
        "jackfield_start",
        abi::Start,
        size,
        interface,
        method,
        reserved,
        call,
        parent,
        deadline,
        context,
        request
    );
    compare!("jackfield_end", abi::End, size, code, retry, reserved, retry_after, message, result);
    compare!("jackfield_side", abi::Side, size, reserved, instance, start, emit, finish, cancel, resume);
    compare!("jackfield_interface", abi::Interface, size, revision, id, flags, reserved);
    compare!("jackfield_failure", abi::Failure, size, code, message);
    compare!(
        "jackfield_setup",
        abi::Setup,
        size,
        service_count,
        host,
        services,
        instance_id,
        config,
        abi_revision,
        reserved
    );
    compare!(
        "jackfield_plugin",
        abi::Plugin,
        size,
        abi_revision,
        id,
        version,
        flags,
        concurrency,
        role_count,
        service_count,
        roles,
        services,
        create,
        open,
        drain,
        close,
        destroy,
        header_revision,
        reserved
    );
    assert_eq!(c_program("core", &program), expected);
}

/// The layout tables of C, printed by C, and those of this crate.
#[test]
fn the_layout_tables_and_contracts_are_those_of_c() {
    let mut expected = String::new();
    for contract in CONTRACTS {
        writeln!(expected, "{}", contract.id).unwrap();
        for method in contract.methods {
            writeln!(expected, " {} {} {}", method.method, method.request.name, method.result.name).unwrap();
            for event in method.events {
                writeln!(expected, "  {} {}", event.event, event.payload.name).unwrap();
            }
        }
    }
    let mut program = String::from("uint32_t n = JACKFIELD_COUNT(jackfield_contracts);\n");
    for contract in CONTRACTS {
        write!(
            program,
            r#"for (uint32_t c = 0; c < n; c++) {{
  const jackfield_contract *k = &jackfield_contracts[c];
  if (strcmp(k->id, "{}") != 0) continue;
  printf("%s\n", k->id);
  for (uint32_t m = 0; m < k->method_count; m++) {{
    const jackfield_method_contract *method = &k->methods[m];
    printf(" %u %s %s\n", method->method, method->request->name, method->result->name);
    for (uint32_t e = 0; e < method->event_count; e++)
      printf("  %u %s\n", method->events[e].event, method->events[e].payload->name);
  }}
}}
"#,
            contract.id
        )
        .unwrap();
    }
    let kinds = [Kind::U32, Kind::U64, Kind::I32, Kind::I64, Kind::F64, Kind::Text, Kind::Data, Kind::List, Kind::Zero];
    for layout in layouts().values() {
        writeln!(expected, "{} {} {} {}", layout.name, layout.size, layout.least, layout.headed as u32).unwrap();
        for field in layout.fields {
            let kind = kinds.iter().position(|kind| *kind == field.kind).unwrap() + 1;
            let element = field.element.map_or("-", |element| element.name);
            writeln!(expected, " {} {} {} {}", field.name, field.offset, kind, element).unwrap();
        }
        write!(
            program,
            r#"{{ const jackfield_layout *l = &{}_layout;
  printf("%s %u %u %u\n", l->name, l->size, l->least, l->headed);
  for (uint32_t f = 0; f < l->count; f++)
    printf(" %s %u %u %s\n", l->fields[f].name, l->fields[f].offset, l->fields[f].kind,
           l->fields[f].element ? l->fields[f].element->name : "-"); }}
"#,
            layout.name
        )
        .unwrap();
    }
    writeln!(expected, "contracts {}", CONTRACTS.len()).unwrap();
    writeln!(program, "printf(\"contracts %u\\n\", n);").unwrap();
    assert_eq!(c_program("tables", &program), expected);
}

/// Every number of `src/abi`, under the name that it has in C.
#[test]
fn the_numbers_are_those_of_c() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/abi");
    let (mut program, mut expected, mut count) = (String::new(), String::new(), 0);
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let module = file.file_stem().unwrap().to_str().unwrap().to_uppercase();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let declaration = line.strip_prefix("pub const ").and_then(|rest| rest.split_once(": "));
            let (name, value) = match declaration.map(|(name, rest)| (name, rest.trim_end_matches(';'))) {
                Some((name, rest)) => match rest.split_once(" = ") {
                    Some(("u32" | "i32", value)) => (name, value),
                    _ => continue,
                },
                None => continue,
            };
            let hexadecimal = value.strip_prefix("0x").map(|digits| u32::from_str_radix(digits, 16).unwrap());
            let value = hexadecimal.unwrap_or_else(|| value.parse().unwrap());
            writeln!(expected, "{} {} {}", module, name, value).unwrap();
            write!(
                program,
                "#ifdef JACKFIELD_{0}_{1}\nprintf(\"{0} {1} %u\\n\", (unsigned)JACKFIELD_{0}_{1});\n#else\n\
                 printf(\"{0} {1} %u\\n\", (unsigned)JACKFIELD_{1});\n#endif\n",
                module, name
            )
            .unwrap();
            count += 1;
        }
    }
    assert!(count > 60, "only {} numbers were compared", count);
    assert_eq!(c_program("numbers", &program), expected);
}
