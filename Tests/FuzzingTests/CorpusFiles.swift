import Foundation
import Fuzzing

/// The inputs in the repository.
enum CorpusFiles {
    static let directory = Bundle.module.bundlePath + "/Corpus"

    static func of(_ entrance: String) -> Corpus { Corpus(of: entrance, below: directory) }
}
