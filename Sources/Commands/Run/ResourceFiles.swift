import Contract
import Coordinator
import Experiments
import LinuxHost
import LocalTestbed
import Resources

/// Reads files of resources and the files that those name; every problem in every file is reported at once.
enum ResourceFiles {
    /// Reads files, pipes and standard input, and refuses all that a run of them would.
    static func read(_ files: [String], overrides: [String] = []) throws(CommandFailure) -> [ResourceDocument] {
        let overrides = try parse(overrides)
        var documents: [ResourceDocument] = []
        var problems: [String] = []
        guard files.count(where: { $0 == InputText.standardInput }) < 2 else {
            throw CommandFailure(.badArguments, "\(InputText.standardInput): standard input can be read once only")
        }
        for file in files {
            let text: String
            do throws(InputText.Failure) {
                text = try InputText.read(file, atMost: ResourceDecoder.largestFile)
            } catch {
                problems.append(error.description)
                continue
            }
            do throws(ResourceErrors) {
                // A pipe has no directory of its own.
                let directory = InputText.isFile(file) ? nil : ""
                let read = try ResourceDecoder.decode(
                    yaml: text,
                    file: file,
                    directory: directory,
                    overrides: overrides
                ) { include($0, from: directory ?? file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") }
                problems += read.flatMap { document in ([document] + document.parts).flatMap(problemsOfNamedFiles) }
                for document in read { _ = try ScenarioPlan(document) }
                documents += read
            } catch {
                problems += error.problems.map(\.description)
            }
        }
        guard problems.isEmpty else {
            throw CommandFailure(.badArguments, "nothing was started:\n" + problems.joined(separator: "\n"))
        }
        return documents
    }

    /// Reads a file with the resource of a step; its path begins where the scenario stands.
    private static func include(
        _ path: String, from directory: String
    ) -> Result<(text: String, file: String), InclusionError> {
        let file = path.hasPrefix("/") ? path : directory + path
        guard InputText.isFile(file) else { return .failure(InclusionError("\(file) is no file")) }
        do throws(InputText.Failure) {
            return .success((try InputText.read(file, atMost: ResourceDecoder.largestFile), file))
        } catch {
            return .failure(InclusionError(error.description))
        }
    }

    /// What is wrong with the files that a document names, with the place there, or in the document when there is none.
    private static func problemsOfNamedFiles(_ document: ResourceDocument) -> [String] {
        document.files.flatMap { file in
            ConflistCheck.problems(of: document.resolved(file.path), network: file.network).map { problem in
                problem.position == nil
                    ? document.problem(problem.message, at: file.key).description : problem.description
            }
        }
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
