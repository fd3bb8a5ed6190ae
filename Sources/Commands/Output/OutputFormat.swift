import ArgumentParser

/// How a command prints data.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table
    case json
}
