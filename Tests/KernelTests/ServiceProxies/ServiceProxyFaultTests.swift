import Contract
import Foundation
import Glibc
import LinuxHost
import ServiceProxies
import TestSupport
import Testing

@Suite(
    "Service proxies when something is wrong", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("proxies")
)
struct ServiceProxyFaultTests {
    private static let modes = ServiceProxyRoundTests.modes

    @Test("what is not ours is refused and left as it is", arguments: modes)
    func foreign(_ mode: ProxyMode) async throws {
        var strangers = [
            "*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n", "*filter\n:KUBE-FIREWALL - [0:0]\nCOMMIT\n",
            "*mangle\n:KUBE-PROXY-CANARY - [0:0]\nCOMMIT\n",
        ].flatMap { input in ["iptables-legacy-restore", "iptables-nft-restore"].map { ($0, ["--noflush"], input) } }
        strangers.append(("nft", ["-f", "-"], "add table ip kube-proxy\n"))
        let rule = "*filter\n-A INPUT -s 192.0.2.1 -j DROP\nCOMMIT\n"
        if mode == .iptablesLegacy { strangers.append(("iptables-nft-restore", ["--noflush"], rule)) }
        if mode == .iptablesNFT { strangers.append(("iptables-legacy-restore", ["--noflush"], rule)) }
        for (program, arguments, input) in strangers {
            try await ProxySetting.with { setting in
                try await setting.run(program, arguments[0], arguments.dropFirst().first ?? "--", input: input)
                let before = try await setting.everything()
                let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: setting.configuration))
                let error = await #expect(throws: ServiceProxyError.self) { () async throws in
                    try await proxy.refuseForeign()
                }
                #expect(error?.code == .foreign, "\(program): \(input)")
                #expect(error?.description.contains("left alone") == true)
                #expect(try await setting.everything() == before)
            }
        }
    }

    @Test("a rule of its own backend that has nothing to do with kube-proxy is no obstacle, and stays")
    func neighbour() async throws {
        for (mode, program) in [
            (ProxyMode.iptablesLegacy, "iptables-legacy-restore"), (.iptablesNFT, "iptables-nft-restore"),
        ] {
            try await ProxySetting.with { setting in
                let input = "*filter\n:MINE - [0:0]\n-A INPUT -s 192.0.2.1 -j MINE\nCOMMIT\n"
                try await setting.run(program, "--noflush", "--counters", input: input)
                let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: setting.configuration))
                try await proxy.refuseForeign()
                let services = SampleServices.make(2, endpoints: 2)
                _ = try await proxy.load(services)
                #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
                _ = try await proxy.remove()
                let left = try await setting.everything()
                #expect(left.contains("-A INPUT -s 192.0.2.1/32 -j MINE"))
                #expect(!left.contains("KUBE-"))
            }
        }
    }

    @Test("a lock that stays taken is an error that says by whom, and one that is let go is waited for")
    func lock() async throws {
        try await ProxySetting.with { setting in
            let path = try #require(setting.configuration.lockFile)
            let services = SampleServices.make(1, endpoints: 1)
            let file = open(path, O_CREAT | O_RDONLY | O_CLOEXEC, 0o600)
            #expect(flock(file, LOCK_EX) == 0)
            let proxy = IPTablesProxy(backend: .legacy, configuration: setting.configuration)
            let error = await #expect(throws: ServiceProxyError.self) { () async throws in
                _ = try await proxy.load(services)
            }
            #expect(error?.code == .lockHeld)
            #expect(error?.description.contains("process \(getpid()) (") == true)
            #expect(try await !setting.everything().contains("KUBE-"))

            async let loading = proxy.load(services)
            try await Task.sleep(for: .milliseconds(300))
            close(file)
            let cost = try await loading
            #expect(cost.lockWaitNanoseconds > 100_000_000)
            #expect(cost.wallNanoseconds >= cost.lockWaitNanoseconds)
            #expect(try await proxy.readBack().counts == proxy.expectedCounts(for: services))
            _ = try await proxy.remove()
        }
    }

    @Test("a loader that fails half way leaves nothing, and its words are in the error", arguments: modes)
    func halfWay(_ mode: ProxyMode) async throws {
        let real = mode.program
        let spoiled = "s/^-A KUBE-MARK-MASQ .*/-A KUBE-MARK-MASQ -j NOSUCH/; s/{ 10.96.0.4 }/{ no.such }/"
        try await failing(mode, fake: "exec sed '\(spoiled)' | \(real) \"$@\"\n") { error in
            #expect(error.code == .rejected || error.code == .missing)
            #expect(error.words?.contains("NOSUCH") == true || error.words?.contains("no.such") == true)
        }
    }

    @Test("a loader that is killed half way leaves nothing", arguments: modes)
    func killed(_ mode: ProxyMode) async throws {
        let real = mode.program
        let script = """
            input=$(cat)
            case "$input" in
                *"-X KUBE-SERVICES"* | *"delete table"*) printf '%s\\n' "$input" | \(real) "$@"; exit $? ;;
            esac
            printf '%s\\n' "$input" | sed '/^[*]nat/,$d; /svc-2/,$d' | \(real) "$@"
            kill -KILL $$

            """
        try await failing(mode, fake: script) { error in
            #expect(error.code == .rejected)
            #expect(error.description.contains("signal 9"))
        }
    }

    @Test("a loader that does not end is ended at the deadline, and leaves nothing", arguments: modes)
    func hanging(_ mode: ProxyMode) async throws {
        let real = mode.program
        let script = """
            input=$(cat)
            case "$input" in
                *"-X KUBE-SERVICES"* | *"delete table"*) printf '%s\\n' "$input" | \(real) "$@"; exit $? ;;
            esac
            printf '%s\\n' "$input" | sed '/^[*]nat/,$d; /svc-2/,$d' | \(real) "$@"
            exec sleep 60

            """
        try await failing(mode, fake: script, deadline: .seconds(2)) { error in
            #expect(error.code == .timedOut)
            #expect(error.description.contains("raise the deadline"))
        }
    }

    @Test(
        "an nft that is too old is refused before anything is loaded",
        arguments: [ProxyMode.nftables, .nftablesEndpointChains])
    func tooOld(_ mode: ProxyMode) async throws {
        try await ProxySetting.with { setting in
            try setting.fake("nft", "echo 'nftables v0.9.8 (E.D.S.)'\n")
            let configuration = setting.configuration { $0.programDirectory = setting.directory }
            let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: configuration))
            for attempt in 0..<2 {
                let error = await #expect(throws: ServiceProxyError.self) { () async throws in
                    if attempt == 0 { try await proxy.refuseForeign() } else { _ = try await proxy.load([]) }
                }
                #expect(error?.code == .tooOld)
                #expect(error?.description.contains("0.9.8") == true)
            }
            #expect(await proxy.shortcoming()?.contains("0.9.8") == true)
            #expect(try await setting.everything().isEmpty)
        }
    }

    @Test("a listing that nobody understands is an error and not a number", arguments: modes)
    func rubbish(_ mode: ProxyMode) async throws {
        try await ProxySetting.with { setting in
            let saver = mode.program.replacing("restore", with: "save")
            let name = try #require(saver.split(separator: "/").last).description
            try setting.fake(
                name, "case \"$1\" in --version | -f) exec \(saver) \"$@\" ;; esac\necho 'here is something new'\n")
            let configuration = setting.configuration { $0.programDirectory = setting.directory }
            let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: configuration))
            let error = await #expect(throws: ServiceProxyError.self) { () async throws in
                _ = try await proxy.readBack()
            }
            #expect(error?.code == .rubbish)
        }
    }

    @Test("a mode whose kernel features are missing says which", arguments: modes)
    func shortcoming(_ mode: ProxyMode) async throws {
        try await ProxySetting.with { setting in
            let words = "Warning: Extension recent revision 0 not supported, missing kernel module?"
            let name = try #require(mode.program.split(separator: "/").last).description
            try setting.fake(
                name,
                "case \"$1\" in --version) exec \(mode.program) \"$@\" ;; esac\ncat >/dev/null\necho '\(words)' >&2\nexit 1\n"
            )
            let configuration = setting.configuration { $0.programDirectory = setting.directory }
            let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: configuration))
            #expect(await proxy.shortcoming()?.contains("extension recent") == true)
        }
    }

    private func failing(
        _ mode: ProxyMode, fake script: String, deadline: Duration = .seconds(60),
        _ check: (ServiceProxyError) throws -> Void
    ) async throws {
        try await ProxySetting.with { setting in
            let name = try #require(mode.program.split(separator: "/").last).description
            // nft also lists, and is only fooled where it loads.
            let guarded = name == "nft" ? "[ \"$1\" = -f ] || exec \(mode.program) \"$@\"\n" : ""
            try setting.fake(name, guarded + script)
            let configuration = setting.configuration {
                $0.programDirectory = setting.directory
                $0.servicesPerTransaction = 2
                $0.deadline = deadline
            }
            let proxy = try #require(ServiceProxyFactory.proxy(for: mode, configuration: configuration))
            let error = await #expect(throws: ServiceProxyError.self) { () async throws in
                _ = try await proxy.load(SampleServices.make(5, endpoints: 2))
            }
            if let error { try check(error) }
            let left = try await setting.everything()
            #expect(!left.contains("KUBE-"))
            #expect(!left.contains("kube-proxy"))
        }
    }
}

extension ProxyMode {
    /// The loading program as Debian installs it.
    fileprivate var program: String {
        switch self {
        case .iptablesLegacy: "/usr/sbin/iptables-legacy-restore"
        case .iptablesNFT: "/usr/sbin/iptables-nft-restore"
        default: "/usr/sbin/nft"
        }
    }
}
