import JSON
package import Processes

/// Reads what a plugin wrote and how it ended; pure.
package struct PluginAnswer: Sendable {
    let plugin: String
    let command: CNICommand
    let output: ProcessOutput

    /// What a plugin answered to a command.
    package init(plugin: String, command: CNICommand, output: ProcessOutput) {
        self.plugin = plugin
        self.command = command
        self.output = output
    }

    /// Passes when the plugin succeeded.
    package func requireSuccess() throws(CNIError) {
        guard !output.status.isSuccess else { return }
        if let refusal { throw refusal }
        throw error(
            .failedWithoutError,
            "it ended with \(output.status) and without an error object",
            details: excerpt
        )
    }

    /// The result of a successful `ADD`, in the version that was asked for.
    ///
    /// A result without a version has that of the network, as runtimes have it.
    package func result(version: CNIVersion) throws(CNIError) -> CNIResult {
        try requireSuccess()
        guard output.standardOutput.contains(where: { !$0.isWhitespace }) else {
            throw error(.noResult, "it ended with \(output.status), but wrote no result")
        }
        // Some plugins end with 0 after having written an error object; that is no success.
        if let refusal { throw refusal }
        do throws(CNIResultError) {
            return try CNIResult(json: output.standardOutput, askedFor: version)
        } catch {
            guard error.path == "cniVersion" else {
                throw self.error(.rubbish, "it wrote something else than a result, \(error)", details: excerpt)
            }
            throw self.error(.unsupportedVersion, "it wrote a result of another version, \(error)", details: excerpt)
        }
    }

    /// What `supportedVersions` lists, at least one; `rubbish` for any other answer.
    package func versions() throws(CNIError) -> [String] {
        try requireSuccess()
        var versions: [String] = []
        do throws(JSONError) {
            let answer = try JSONNode(parsing: output.standardOutput)
            _ = try answer.required("cniVersion").text()
            let node = try answer.required("supportedVersions")
            for element in try node.elements() { versions.append(try element.text()) }
            guard !versions.isEmpty else { throw node.unexpected("at least one version") }
        } catch {
            throw self.error(.rubbish, "it wrote something else than its supportedVersions, \(error)", details: excerpt)
        }
        return versions
    }

    /// The plugin's error object as an error, if it wrote one.
    private var refusal: CNIError? {
        guard let value = try? JSONValue(parsing: output.standardOutput),
            case .integer(let number)? = value["code"], let code = UInt(exactly: number), value["interfaces"] == nil
        else { return nil }
        let message = value["msg"]?.string ?? ""
        return error(
            .refused,
            message.isEmpty ? "it gave no message" : Self.cut(message, Self.mostWords),
            code: code,
            details: Self.cut(value["details"]?.string ?? "", Self.mostWords)
        )
    }

    private var excerpt: String {
        Self.cut(trimmed(output.standardOutput), 400)
    }

    /// How much of what a plugin says is told, in Unicode scalars: one Character can be as long as a book.
    private static let mostWords = 1_000

    private static func cut(_ text: String, _ count: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }

    private func error(_ kind: CNIError.Kind, _ msg: String, code: UInt? = nil, details: String = "") -> CNIError {
        CNIError(
            plugin: plugin,
            command: command,
            kind: kind,
            code: code,
            msg: msg,
            details: details,
            standardErrorTail: trimmed(String(output.standardError.unicodeScalars.suffix(2 * Self.mostWords)))
        )
    }
}

private func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
        let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
}
