import Glibc
import Testing

@testable import Agent

@Suite("the children of the agent")
struct AgentChildrenTests {
    @Test("a program that was started is found, and killed", arguments: [true, false])
    func childIsKilled(_ leadsGroup: Bool) throws {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, leadsGroup ? Int16(POSIX_SPAWN_SETPGROUP) : 0)
        var arguments = [strdup("sleep"), strdup("600"), nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        try #require(posix_spawnp(&child, "sleep", nil, &attributes, &arguments, nil) == 0)
        // Only this one: other tests of the process have children, too.
        let found = AgentChildren.processes().filter { $0 == child }
        #expect(found == [child])
        AgentChildren.kill(found.isEmpty ? [child] : found)
        var status: Int32 = 0
        #expect(waitpid(child, &status, 0) == child)
        #expect(status & 0x7F == SIGKILL)
    }
}
