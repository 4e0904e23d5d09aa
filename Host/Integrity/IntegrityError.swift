/// Why a plugin's files are not trusted, or a key or signature cannot be used.
package struct IntegrityError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// A file is missing or cannot be read.
        case unreadable
        /// It is a folder, a pipe or a device, or longer than anybody needs.
        case notAFile
        /// Users other than its owner and group may write to a file, or to a folder on the way to it.
        case writable
        /// The library has another SHA-256 than the manifest pins.
        case wrongHash
        /// A signature is demanded, and there is none.
        case notSigned
        /// The signature file cannot be read as one.
        case malformedSignature
        /// Signed with a key that the manifest does not list.
        case unknownKey
        /// The signature does not belong to what the signature file says.
        case wrongSignature
        case notYetValid
        case expired
        /// Signed for another plugin, or another version of it.
        case signedForAnother
        /// A file is not the one that was signed.
        case changedFile
        /// A verified library would load code from where anybody may have put it.
        case looseLibrary
        /// A key file, or a key's text, is not what it should be.
        case badKey
        /// The system refused what is needed to verify at all.
        case system
    }

    package var code: Code
    /// One sentence with the file that it is about; never any part of a private key.
    package var message: String

    /// There is no such file at all.
    package let isMissing: Bool

    package init(_ code: Code, _ message: String, isMissing: Bool = false) {
        self.code = code
        self.message = message
        self.isMissing = isMissing
    }

    package var description: String { message }
}
