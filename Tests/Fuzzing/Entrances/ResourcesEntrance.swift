import Resources

/// Resources in YAML, as people write them for `run`.
///
/// Lines that begin with `--set ` are overrides.
struct ResourcesEntrance: Entrance {
    let name = "yaml"
    let words = [
        "apiVersion: networkmachinery.io/v1alpha1", "kind: CNIPerformance", "kind: CNIBenchmark",
        "kind: NetworkScalabilityTest", "kind: NetworkConnectivityTest", "kind: Scenario", "steps:", "parallel:",
        "resource:",
        "expect:", "matrix:", "${matrix.a}", "after:", "while:", "finally:", "background:", "file:", "metadata:",
        "name:", "labels:", "spec:",
        "nodes:", "networks:", "preset:",
        "tests:", "type:", "duration:", "rate:", "messageSize:", "repetitions:", "baseline:", "conflist:", "families:",
        "services:", "endpoints:", "proxyModes:", "\n---\n", "\n...\n", "&a", "*a", "<<: *a", "!!str", "!!int",
        "!!float",
        "!!binary", "!!null", "!!bool", "!!map", "!!seq", "!!set", "!x", "| \n", ">-\n", "? ", ": ", "- ", "~", "null",
        "yes", "no", "on", "true", "{}", "[]", "\n--set spec.tests[0].duration=2s", "\n--set spec.tests=",
        "\n--set metadata.name=a", "\n--set spec.tests[65535]=", "\n--set a.b.c.d=[", "%YAML 1.1\n", "# ", "250ms",
        "1Gbit",
        "16KiB", "10.0.0.0/16", "5%", "5000/s",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        var yaml: [Substring] = []
        var overrides: [Override] = []
        for line in String(decoding: input, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("--set ") else {
                yaml.append(line)
                continue
            }
            do throws(OverrideError) {
                overrides.append(try Override(parsing: String(line.dropFirst("--set ".count))))
            } catch {
                try Violation.unlessWorded(error.description)
                return .refused(error.reason)
            }
        }
        let text = yaml.joined(separator: "\n")
        let documents: [ResourceDocument]
        do throws(ResourceErrors) {
            documents = try ResourceDecoder.decode(yaml: text, file: "input.yaml", overrides: overrides)
        } catch {
            try check(error, lines: text.unicodeScalars.count { $0.properties.isWhitespace } + 2)
            return .refused(error.problems.first?.message ?? "")
        }
        try Violation.unless(!documents.isEmpty, "a file without problems holds a resource")
        for document in documents { try readAgain(document) }
        return .accepted(documents.map { "\(type(of: $0.resource))" }.joined(separator: " "))
    }

    /// The canonical form is itself a resource, and its own canonical form.
    private func readAgain(_ document: ResourceDocument) throws(Violation) {
        let property = "the canonical form of a resource reads back as the same"
        let json = document.canonicalJSON
        let again: [ResourceDocument]
        do throws(ResourceErrors) {
            again = try ResourceDecoder.decode(yaml: json, file: "canonical.yaml")
        } catch {
            throw Violation(property, "\(error) in \(json)")
        }
        try Violation.unless(again.map(\.canonicalJSON) == [json], property, json)
    }

    private func check(_ errors: ResourceErrors, lines: Int) throws(Violation) {
        try Violation.unless(!errors.problems.isEmpty, "a refusal names a problem")
        for problem in errors.problems {
            try Violation.unlessWorded(problem.message)
            let place = "\(problem.file):\(problem.line):\(problem.column)"
            if problem.file == "input.yaml" {
                try Violation.unless(
                    (1...lines).contains(problem.line) && problem.column >= 1, "a problem's place is in the file",
                    "\(place) of \(lines) lines: \(problem.message)")
            } else {
                try Violation.unless(problem.line == 0, "what an override brought has no line", place)
            }
        }
    }
}
