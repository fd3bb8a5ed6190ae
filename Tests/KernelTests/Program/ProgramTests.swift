import TestSupport
import Testing

/// The built program as a user starts it, on the real kernel, each time with a database and pictures of its own.
@Suite(
    "The built program", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason))
)
enum ProgramTests {}
