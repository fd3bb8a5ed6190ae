public import Testing

/// A suite with this trait fails when it leaves anything on the host, or a thread in a foreign namespace.
public struct LeavesNothing: SuiteTrait, TestScoping {
    /// What the names of the suite's namespaces start with.
    public let prefix: String

    /// Audits the host before the first and after the last test of the suite.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let before = try HostAudit.take(prefix: prefix)
        try await function()
        let left = try HostAudit.leftovers(since: before, prefix: prefix)
        #expect(left.isEmpty, "the suite left something on the host")
        let seen = try await HostNamespace.seenByTasks()
        #expect(seen == [try HostNamespace.inode()], "a thread of the pool is in a foreign namespace")
    }
}

extension Trait where Self == LeavesNothing {
    /// The suite leaves nothing on the host; `purpose` is that of its `UniqueName`s.
    public static func leavesNothing(_ purpose: String) -> LeavesNothing {
        LeavesNothing(prefix: UniqueName.scope(purpose))
    }
}
