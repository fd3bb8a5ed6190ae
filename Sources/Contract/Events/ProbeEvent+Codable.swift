import FoundationEssentials

extension ProbeEvent: Codable {
    private enum Key: String, CodingKey {
        case event, port, tool, version, metric, value, censored, json, name, mediaType, text, code, message
    }

    private enum Name: String, Codable {
        case ready, sample, histogram, artifact, remark, failure, done
    }

    /// Reads the object of one line; the key `event` says which it is.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func text(_ key: Key) throws -> String { try container.decode(String.self, forKey: key) }
        switch try container.decode(Name.self, forKey: .event) {
        case .ready:
            let port = try container.decode(UInt16.self, forKey: .port)
            self = .ready(port: port, tool: try text(.tool), version: try text(.version))
        case .sample:
            self = .sample(
                metric: try text(.metric),
                value: try container.decode(Double.self, forKey: .value),
                censored: try container.decodeIfPresent(Bool.self, forKey: .censored) ?? false
            )
        case .histogram:
            self = .histogram(metric: try text(.metric), json: try text(.json))
        case .artifact:
            self = .artifact(name: try text(.name), mediaType: try text(.mediaType), text: try text(.text))
        case .remark:
            self = .remark(try text(.message))
        case .failure:
            self = .failure(code: try text(.code), message: try text(.message))
        case .done:
            self = .done
        }
    }

    /// Writes the object of one line.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .ready(let port, let tool, let version):
            try container.encode(Name.ready, forKey: .event)
            try container.encode(port, forKey: .port)
            try container.encode(tool, forKey: .tool)
            try container.encode(version, forKey: .version)
        case .sample(let sample):
            try container.encode(Name.sample, forKey: .event)
            try container.encode(sample.metric, forKey: .metric)
            try container.encode(sample.value, forKey: .value)
            try container.encode(sample.censored, forKey: .censored)
        case .histogram(let metric, let json):
            try container.encode(Name.histogram, forKey: .event)
            try container.encode(metric, forKey: .metric)
            try container.encode(json, forKey: .json)
        case .artifact(let artifact):
            try container.encode(Name.artifact, forKey: .event)
            try container.encode(artifact.name, forKey: .name)
            try container.encode(artifact.mediaType, forKey: .mediaType)
            try container.encode(artifact.text, forKey: .text)
        case .remark(let message):
            try container.encode(Name.remark, forKey: .event)
            try container.encode(message, forKey: .message)
        case .failure(let code, let message):
            try container.encode(Name.failure, forKey: .event)
            try container.encode(code, forKey: .code)
            try container.encode(message, forKey: .message)
        case .done:
            try container.encode(Name.done, forKey: .event)
        }
    }

    /// The event as one line of JSON, without the line feed.
    ///
    /// A value that JSON cannot hold (not a number, infinite) becomes a failure: it is a defect, and is not dropped.
    public func line() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            return #"{"code":"system","event":"failure","message":"an event could not be written as JSON"}"#
        }
    }

    /// Reads one line of an agent's output.
    public init(line: String) throws {
        self = try JSONDecoder().decode(ProbeEvent.self, from: Data(line.utf8))
    }
}
