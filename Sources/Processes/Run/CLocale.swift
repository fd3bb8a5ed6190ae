import Subprocess

/// The language of every program that is started here, and of all that it starts: that of the C library, which every machine has.
///
/// Messages, decimal points and the order of lists are those that our parsers know, whatever the user's language is.
enum CLocale {
    /// What is set, and for nil what is taken away; `LANGUAGE` would win over other variables for messages.
    static let variables: [Environment.Key: String?] = ["LC_ALL": "C", "LANGUAGE": nil]
}
