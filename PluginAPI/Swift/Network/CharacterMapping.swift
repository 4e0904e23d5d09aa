/// The part of the mapping of UTS 46 (the "compatibility processing" before IDNA) that ends in ASCII, and the digits of
/// all scripts besides, which some number parsers take.
enum CharacterMapping {
    /// In lower case; a character without an ASCII form stays as it is.
    static func folded(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                // Browsers take tabs and line ends out of a URL; blanks around it and control codes go as well.
                if scalar.value > 0x20, scalar.value != 0x7F {
                    result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value).lowercasedASCII))
                }
            } else if let mapped = ascii(scalar) {
                result += mapped
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The ASCII text of a character, empty for those that are ignored; nil if there is none.
    private static func ascii(_ scalar: Unicode.Scalar) -> String? {
        let value = scalar.value
        if isIgnored(value) { return "" }
        switch value {
        // Full stops, those of UTS 46 first: ideographic, full width, half width; then look-alikes.
        case 0x3002, 0xFF0E, 0xFF61, 0xFE52, 0x2024: return "."
        case 0x2025: return ".."
        case 0x2026: return "..."
        case 0xFF01...0xFF5E: return letter(value - 0xFEE0)
        case 0x2488...0x249B: return "\(value - 0x2487)."  // "⒈"
        case 0x2474...0x2487: return "\(value - 0x2473)"  // "⑴", which IDNA maps with its brackets and then refuses
        case 0x1F100: return "0."
        case 0x1F101...0x1F10A: return "\(value - 0x1F101),"
        case 0x24B6...0x24CF: return letter(value - 0x24B6 + 0x61)
        case 0x24D0...0x24E9: return letter(value - 0x24D0 + 0x61)
        case 0x249C...0x24B5: return letter(value - 0x249C + 0x61)
        case 0x1F110...0x1F129: return letter(value - 0x1F110 + 0x61)
        case 0x1F130...0x1F149, 0x1F150...0x1F169, 0x1F170...0x1F189: return letter((value - 0x1F130) % 32 + 0x61)
        case 0x1F1E6...0x1F1FF: return letter(value - 0x1F1E6 + 0x61)
        // Thirteen alphabets of 52 letters in a row: bold, italic, script and so on.
        case 0x1D400...0x1D6A3: return letter((value - 0x1D400) % 26 + 0x61)
        default: return letters[scalar] ?? number(scalar)
        }
    }

    private static func letter(_ value: UInt32) -> String {
        String(Unicode.Scalar(UInt8(truncatingIfNeeded: value).lowercasedASCII))
    }

    /// Digits of any script, super- and subscripts, circled numbers.
    private static func number(_ scalar: Unicode.Scalar) -> String? {
        guard let type = scalar.properties.numericType, let value = scalar.properties.numericValue else { return nil }
        let isCircled = (0x2460...0x2473).contains(scalar.value) || (0x24EA...0x24FF).contains(scalar.value)
        guard type == .decimal || type == .digit || isCircled else { return nil }
        return String(Int(value))
    }

    /// UTS 46 maps these to nothing; so nobody sees them.
    private static func isIgnored(_ value: UInt32) -> Bool {
        switch value {
        case 0xAD, 0x34F, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF,
            0xE0000...0xE01EF:
            true
        default: false
        }
    }

    /// Single letters outside the alphabets above.
    private static let letters: [Unicode.Scalar: String] = [
        "ª": "a", "º": "o", "ſ": "s", "ʰ": "h", "ʲ": "j", "ʳ": "r", "ʷ": "w", "ʸ": "y", "ˡ": "l", "ˢ": "s", "ˣ": "x",
        "ᴬ": "a", "ᴮ": "b", "ᴰ": "d", "ᴱ": "e", "ᴳ": "g", "ᴴ": "h", "ᴵ": "i", "ᴶ": "j", "ᴷ": "k", "ᴸ": "l", "ᴹ": "m",
        "ᴺ": "n", "ᴼ": "o", "ᴾ": "p", "ᴿ": "r", "ᵀ": "t", "ᵁ": "u", "ᵂ": "w", "ᵃ": "a", "ᵇ": "b", "ᵈ": "d", "ᵉ": "e",
        "ᵍ": "g", "ᵏ": "k", "ᵐ": "m", "ᵒ": "o", "ᵖ": "p", "ᵗ": "t", "ᵘ": "u", "ᵛ": "v", "ᶜ": "c", "ᶠ": "f", "ᶻ": "z",
        "ⁱ": "i", "ⁿ": "n", "ₐ": "a", "ₑ": "e", "ₒ": "o", "ₓ": "x", "ₕ": "h", "ₖ": "k", "ₗ": "l", "ₘ": "m", "ₙ": "n",
        "ₚ": "p", "ₛ": "s", "ₜ": "t", "ᵢ": "i", "ᵣ": "r", "ᵤ": "u", "ᵥ": "v", "ⱼ": "j",
        "ℂ": "c", "ℊ": "g", "ℋ": "h", "ℌ": "h", "ℍ": "h", "ℎ": "h", "ℐ": "i", "ℑ": "i", "ℒ": "l", "ℓ": "l", "ℕ": "n",
        "ℙ": "p", "ℚ": "q", "ℛ": "r", "ℜ": "r", "ℝ": "r", "ℤ": "z", "\u{212A}": "k", "ℬ": "b", "ℭ": "c", "ℯ": "e",
        "ℰ": "e", "ℱ": "f", "ℳ": "m", "ℴ": "o", "ℹ": "i", "ℨ": "z", "ⅅ": "d", "ⅆ": "d", "ⅇ": "e", "ⅈ": "i", "ⅉ": "j",
        "Ⅰ": "i", "Ⅴ": "v", "Ⅹ": "x", "Ⅼ": "l", "Ⅽ": "c", "Ⅾ": "d", "Ⅿ": "m", "ⅰ": "i", "ⅴ": "v", "ⅹ": "x", "ⅼ": "l",
        "ⅽ": "c", "ⅾ": "d", "ⅿ": "m", "℀": "a/c", "℁": "a/s", "℅": "c/o", "℆": "c/u", "№": "no", "™": "tm", "℠": "sm",
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "㏄": "cc", "㎝": "cm", "㎞": "km",
    ]
}
