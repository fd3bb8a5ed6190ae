/// A place where text or bytes of others come into the program.
public protocol Entrance: Sendable {
    /// The word for it on the command line, and the name of the directory of its corpus.
    var name: String { get }
    /// Words of its language, which are put into inputs whole.
    var words: [String] { get }

    /// Hands one input in, and holds what comes out to what has to be true of it.
    ///
    /// - Throws: What was not true; a refusal in the entrance's own words is an answer.
    func take(_ input: [UInt8]) throws(Violation) -> Answer
}
