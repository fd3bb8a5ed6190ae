import Experiments
import Foundation
import Resources

/// Reads files of resources; every problem in every file is reported at once.
enum ResourceFiles {
    static func read(_ files: [String], overrides: [String] = []) throws(CommandFailure) -> [ResourceDocument] {
        let overrides = try parse(overrides)
        var documents: [ResourceDocument] = []
        var problems: [String] = []
        for file in files {
            let text: String
            do {
                text = try String(contentsOfFile: file, encoding: .utf8)
            } catch {
                problems.append("\(file): cannot be read: \(error.localizedDescription)")
                continue
            }
            do throws(ResourceErrors) {
                documents += try ResourceDecoder.decode(yaml: text, file: file, overrides: overrides)
            } catch {
                problems += error.problems.map(\.description)
            }
        }
        guard problems.isEmpty else {
            throw CommandFailure(.badArguments, "nothing was started:\n" + problems.joined(separator: "\n"))
        }
        return documents
    }

    private static func parse(_ overrides: [String]) throws(CommandFailure) -> [Override] {
        var parsed: [Override] = []
        for text in overrides {
            do throws(OverrideError) {
                parsed.append(try Override(parsing: text))
            } catch {
                throw CommandFailure(.badArguments, "--set: \(error)")
            }
        }
        return parsed
    }
}
