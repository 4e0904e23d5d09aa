package import Manifest

/// Identifiers for a plugin's name that every language of the templates takes.
package struct SafeIdentifiers: Sendable, Hashable {
    /// `my_thing`: for functions, variables and modules.
    package let snake: String
    /// `MyThingAgent`: for types. The kind comes last, so that no name is one of a language, its library or the kit.
    package let type: String

    package init(_ plugin: PluginReference) {
        let words = plugin.name.split(separator: "-").map(String.init)
        let kind = plugin.kind.rawValue
        let plain = words.joined(separator: "_")
        let isSafe = !Self.startsWithDigit(plain) && !Self.reserved.contains(plain)
        snake = isSafe ? plain : "\(kind)_\(plain)"

        let named = words.count > 1 && words.last == kind ? words : words + [kind]
        let pascal = Self.joined(named)
        type = Self.startsWithDigit(pascal) ? Self.joined([kind]) + pascal : pascal
    }

    /// Words with a capital first. Two digits that would meet stay apart: `1-2` and `12` are different names.
    private static func joined(_ words: [String]) -> String {
        words.reduce("") { text, word in
            let meets = text.utf8.last.map(isDigit) == true && word.utf8.first.map(isDigit) == true
            return text + (meets ? "_" : "") + word.prefix(1).uppercased() + word.dropFirst()
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    private static func startsWithDigit(_ text: String) -> Bool { text.utf8.first.map(isDigit) ?? true }
}

extension SafeIdentifiers {
    /// Words of C, C++, Rust and Swift, and names that their libraries or the templates have, as far as they are lower
    /// case without a hyphen.
    static let reserved: Set<String> = Set(
        """
        alignas alignof and and_eq asm auto bitand bitor bool break case catch char class co_await co_return co_yield \
        compl concept const const_cast consteval constexpr constinit continue decltype default delete do double \
        dynamic_cast else enum explicit export extern false final float for friend goto if import inline int long \
        module mutable namespace new noexcept not not_eq nullptr operator or or_eq override private protected public \
        register reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast struct \
        switch template this thread_local throw true try typedef typeid typename typeof union unsigned using virtual \
        void volatile wchar_t while xor xor_eq linux unix \
        abstract as async await become box crate dyn extern fn gen impl in let loop macro match mod move mut priv pub \
        ref self super trait type unsafe unsized use where yield union raw safe \
        actor any associatedtype borrowing case consuming default defer deinit do each else extension fallthrough \
        fileprivate func get guard import indirect init inout internal is isolated lazy left let nil none nonisolated \
        nonmutating open optional owned package postfix precedence precedencegroup prefix protocol repeat required \
        rethrows right sending set some subscript super throws unowned var weak willset didset \
        alloc core jackfield main proc_macro std test tests lib build vendor \
        abs accept access bind calloc close connect errno exit exp fork free free kill link listen log malloc open \
        pause pipe poll pow printf raise rand read realloc remove rename select send signal sin sleep socket sqrt \
        stat stdin stdout stderr system time uname unlink wait write \
        agent call config describe end error exporter host http instance invoke json llm notifier notify plugin \
        plugins result service services start store tool tools validator
        """.split(separator: " ").map(String.init))
}
