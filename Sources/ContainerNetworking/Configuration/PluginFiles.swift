import Foundation
import JSON

/// Plugins in files of their own: `<name>/*.conf` beside the list of the network of that name, as libcni loads them.
public struct PluginFiles: Sendable {
    /// Puts values into the text of a file, whose path is for errors.
    public typealias Filling = @Sendable (_ text: String, _ path: String) throws(CNIError) -> String

    private let directory: String
    private let fill: Filling

    /// Files beside a list.
    ///
    /// - Parameters:
    ///   - list: The path of the list.
    ///   - fill: Puts values into the place of what only this program understands.
    public init(besides list: String, filling fill: @escaping Filling = { text, _ in text }) {
        directory = (list as NSString).deletingLastPathComponent
        self.fill = fill
    }

    /// The plugins of a network, in the order of their files' names; none where there is no such directory.
    ///
    /// - Throws: ``CNIError`` of the kind `invalidConfiguration` with file and place.
    public func plugins(of network: String) throws(CNIError) -> [JSONValue] {
        let folder = directory.isEmpty ? network : "\(directory)/\(network)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var plugins: [JSONValue] = []
        for name in names.sorted() where name.hasSuffix(".conf") {
            let path = "\(folder)/\(name)"
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue
            else { continue }
            plugins.append(try plugin(path, of: network))
        }
        return plugins
    }

    private func plugin(_ path: String, of network: String) throws(CNIError) -> JSONValue {
        func refusal(_ reason: String) -> CNIError {
            CNIError(plugin: network, command: nil, kind: .invalidConfiguration, msg: reason)
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw refusal("\(path): cannot be read as text")
        }
        let filled = try fill(text, path)
        do throws(JSONError) {
            let node = try JSONNode(parsing: filled)
            try PluginReading(node: node, path: "").check()
            return JSONValue(node)
        } catch {
            throw refusal(error.description(file: path))
        }
    }
}
