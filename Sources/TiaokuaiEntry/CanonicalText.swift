import Foundation

/// The text in which two documents are compared: compatibility forms folded (NFKC: full-width letters, digits and
/// punctuation become half-width) and all white space removed, U+00A0, U+2002 and U+3000 included.
///
/// 。、“”《》〔〕 stay as they are. What is displayed and what is hashed as evidence is the text as it was received. Applying it
/// twice changes nothing.
public func canonicalText(_ text: some StringProtocol) -> String {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return String(text) }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: folded(text).unicodeScalars.lazy.filter { !$0.properties.isWhitespace })
    // Removing a space can bring a mark beside a letter: fold once more, so that the result is a normal form.
    return folded(String(scalars))
}

/// NFKC alone.
func folded(_ text: some StringProtocol) -> String { text.precomposedStringWithCompatibilityMapping }
