import TestSupport

/// A plugin at the end of a chain that does what no plugin should, and hands on the result of those before it.
struct MeddlingPlugin {
    /// A line of Python that is run at every call; `command` and `netns` are set.
    let deed: String

    /// Leaves a daemon, which has a session and a parent of its own, at every ADD.
    static let daemon = MeddlingPlugin(
        deed: """
            if command == "ADD" and os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    for descriptor in range(3): os.close(descriptor)
                    os.execvp("sleep", ["nm-daemon", "600"])
                os._exit(0)
            """)

    /// Makes a file at DEL in the place of a namespace that is gone, as plugins do that take a lock on its path.
    static let locker = MeddlingPlugin(
        deed: #"if command == "DEL" and not os.path.exists(netns): open(netns, "a").close()"#)

    /// Puts plugin and list on a bench; the list's path, and the environment that has the plugin found.
    func install(on bench: Workbench, list: String = "mine.conflist") throws -> [String: String] {
        let script = """
            #!/usr/bin/python3
            import json, os, sys
            command, netns = os.environ["CNI_COMMAND"], os.environ.get("CNI_NETNS", "")
            configuration = json.load(sys.stdin)
            if command == "VERSION":
                print(json.dumps({"cniVersion": "1.0.0", "supportedVersions": ["0.4.0", "1.0.0"]}))
                sys.exit(0)
            \(deed)
            if command == "ADD": print(json.dumps(configuration["prevResult"]))

            """
        _ = try bench.write(script, to: "cni/meddling", executable: true)
        _ = try bench.write(
            """
            {"cniVersion": "1.0.0", "name": "{{name}}", "plugins": [
              {"type": "bridge", "bridge": "br0", "isGateway": true,
               "ipam": {"type": "host-local", "ranges": [[{"subnet": "{{podCIDR}}"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
              {"type": "meddling"}]}

            """, to: list)
        let directories = ["\(bench.directory)/cni"] + ContainerNetworkingBench.plugins
        return ["CNI_PATH": directories.joined(separator: ":")]
    }
}
