// swift-tools-version: 6.2
import PackageDescription

// The manifest is the architecture: targets stand in layers, and a target may depend only on targets further down.
// `make check` reads the imports and holds the code to it. `docs/architecture.md` says what each room is for.

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: [], swiftSettings: swiftSettings)
}

func tests(of name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.init(stringLiteral: name)] + dependencies,
        resources: fixtures ? [.copy("Fixtures")] : [],
        swiftSettings: swiftSettings
    )
}

// One importer for each third-party library.
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")  // Commands
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")  // Digests
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")  // Results
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")  // Statistics
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")  // Processes
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")  // Processes
let yams = Target.Dependency.product(name: "Yams", package: "Yams")  // Resources

let package = Package(
    name: "network-machinery",
    products: [
        .executable(name: "netmachinery", targets: ["netmachinery"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // Executable: wiring only.
        .executableTarget(name: "netmachinery", dependencies: ["Commands"], swiftSettings: swiftSettings),

        // Front: what people and clusters talk to.
        room(
            "Commands",
            [
                "Contract", "Agent", "Coordinator", "Experiments", "Reports", "Testbed", "LocalTestbed", "Results",
                "LinuxHost", "KernelGuest", "Processes", "Statistics", "Resources", "Quantities", argumentParser,
            ]
        ),
        room("Agent", ["Probes", "LinuxHost", "Contract"]),

        // Domain: what is measured, in which order, and what it means.
        room(
            "Coordinator",
            [
                "Experiments", "Testbed", "Results", "LinuxHost", "KernelGuest", "Statistics", "Resources", "Contract",
                "Quantities",
            ]
        ),
        room(
            "Experiments",
            [
                "Watches", "Testbed", "Resources", "Contract", "Quantities",
            ]
        ),
        room("Watches", ["Statistics", "Contract"]),
        room(
            "Reports", ["Results", "LinuxHost", "Processes", "Statistics", "Contract", "JSON", "Quantities", "Digests"]),

        // Capability: one thing done well, without knowing why.
        room(
            "LocalTestbed",
            [
                "Testbed", "Probes", "ServiceProxies", "ContainerNetworking", "Netlink", "HTTP", "LinuxHost",
                "KernelGuest", "Processes", "Resources", "Contract", "JSON", "Quantities", "Digests",
            ]
        ),
        room("Testbed", ["Contract", "Quantities"]),
        room(
            "Probes",
            [
                "ServiceLab", "PodAttachment", "NodeInventory", "ServiceProxies", "ContainerNetworking",
                "TrafficShaping", "Sockets", "HTTP", "LinuxHost", "Processes", "Statistics", "Contract", "JSON",
                "Quantities",
            ]
        ),
        room("ServiceLab", ["ServiceProxies", "Netlink", "Sockets", "LinuxHost", "Contract", "Quantities"]),
        room("PodAttachment", ["ContainerNetworking", "Netlink", "LinuxHost", "Processes", "Quantities"]),
        room("NodeInventory", ["ContainerNetworking", "Netlink", "LinuxHost", "Processes", "Quantities"]),
        room("ServiceProxies", ["Netlink", "LinuxHost", "Processes", "Contract", "Quantities", "Digests"]),
        room("ContainerNetworking", ["LinuxHost", "Processes", "JSON", "Quantities"]),
        room("TrafficShaping", ["Netlink", "LinuxHost", "Contract", "Quantities"]),
        room("Results", ["LinuxHost", "Contract", "JSON", grdb]),

        // Adapters: thin over the kernel, programs and formulas.
        room("Netlink", ["CLibnl", "LinuxHost", "Quantities"]),
        room("Sockets", ["Contract", "Quantities"]),
        room("HTTP", ["CLibcurl"]),
        room("LinuxHost", ["Contract", "CLinux"]),
        room("KernelGuest", ["Processes"]),
        room("Processes", ["Contract", "Digests", subprocess, system]),
        room("Statistics", ["Contract", histogram]),

        // Base: words and values.
        room("Resources", ["Contract", "Quantities", yams]),
        room("Contract", ["JSON", "Quantities"]),
        room("Quantities"),
        room("JSON"),
        room("Digests", [crypto]),

        // Benchmarks: our figures beside other tools'; stands outside the house and sees all of it. Not products.
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "Watches", "Reports", "Probes", "ServiceProxies", "TrafficShaping", "Results", "Netlink", "Sockets",
                "LinuxHost", "KernelGuest", "Processes", "Statistics", "Contract", "Quantities",
            ],
            path: "Benchmarks",
            exclude: ["CFloor"],
            swiftSettings: swiftSettings
        ),
        .executableTarget(name: "benchmark-floor", path: "Benchmarks/CFloor"),

        // Runs the tests that this machine's kernel lacks something for in a kernel guest.
        .executableTarget(
            name: "guest-tests",
            dependencies: ["TestSupport", "KernelGuest", "LinuxHost"],
            path: "Tests/GuestTests",
            swiftSettings: swiftSettings
        ),

        // C: system libraries and our own shims.
        .systemLibrary(name: "CLibnl", pkgConfig: "libnl-route-3.0", providers: [.apt(["libnl-route-3-dev"])]),
        // Loaded when it is first used, and so not linked.
        .target(name: "CLibcurl"),
        .target(name: "CLinux"),

        // Tests: without root, but for KernelTests, which program the real kernel in namespaces of their own.
        .target(
            name: "TestSupport",
            dependencies: [
                "Testbed", "Contract", "Probes", "ServiceProxies", "Netlink", "LinuxHost", "KernelGuest", "Quantities",
            ],
            swiftSettings: swiftSettings
        ),
        // Inputs for every place where text of others comes in; `make fuzz` tries many of them. Not products.
        .target(
            name: "Fuzzing",
            dependencies: [
                "Reports", "Probes", "ServiceLab", "ServiceProxies", "ContainerNetworking", "Results", "Netlink",
                "LinuxHost", "KernelGuest", "Processes", "Statistics", "Resources", "Contract", "JSON", "Quantities",
            ],
            path: "Tests/Fuzzing",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "fuzz", dependencies: ["Fuzzing"], path: "Tests/FuzzProgram", swiftSettings: swiftSettings),
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["Fuzzing", "fuzz", "TestSupport"],
            resources: [.copy("Corpus")],
            swiftSettings: swiftSettings
        ),
        tests(
            of: "Commands",
            [
                "Contract",
                "netmachinery", "Coordinator", "LocalTestbed", "Testbed", "Reports", "Results", "Statistics",
                "Resources",
                "Quantities", "TestSupport", argumentParser,
            ]
        ),
        tests(of: "Agent", ["Contract", "Probes"]),
        tests(
            of: "Coordinator",
            [
                "Contract",
                "Experiments", "Testbed", "Results", "LinuxHost", "KernelGuest", "Resources", "Quantities",
                "Statistics", "TestSupport",
            ]
        ),
        tests(
            of: "Experiments",
            ["Watches", "Contract", "Testbed", "Resources", "Quantities", "TestSupport"]),
        tests(of: "Watches", ["Statistics", "Contract"]),
        tests(of: "Testbed", []),
        tests(
            of: "LocalTestbed",
            [
                "Contract",
                "Testbed", "ContainerNetworking", "KernelGuest", "LinuxHost", "JSON", "Quantities", "Digests",
                "TestSupport",
            ]
        ),
        tests(
            of: "Probes",
            [
                "Contract", "ServiceLab", "PodAttachment", "NodeInventory", "ServiceProxies", "ContainerNetworking",
                "Netlink", "Sockets", "HTTP", "LinuxHost", "Statistics", "Quantities", "Processes",
            ],
            fixtures: true
        ),
        tests(of: "ServiceLab", ["Contract", "ServiceProxies", "Quantities"]),
        tests(of: "PodAttachment", ["ContainerNetworking", "Processes", "Quantities"]),
        tests(of: "NodeInventory", ["Netlink", "Quantities"]),
        tests(
            of: "ServiceProxies", ["Contract", "Processes", "Statistics", "Quantities", "Digests", "TestSupport"],
            fixtures: true),
        tests(of: "ContainerNetworking", ["Processes", "Statistics", "JSON", "Quantities"], fixtures: true),
        tests(
            of: "Reports",
            [
                "Contract", "Results", "LinuxHost", "Processes", "Statistics", "JSON", "Quantities", "Digests",
                "TestSupport",
            ],
            fixtures: true
        ),
        tests(
            of: "TrafficShaping", ["Netlink", "LinuxHost", "Statistics", "Contract", "Quantities", "TestSupport"],
            fixtures: true),
        tests(of: "Results", ["Contract", grdb]),
        tests(of: "Netlink", ["LinuxHost", "Statistics", "Quantities", "TestSupport"]),
        tests(of: "Sockets", ["Contract", "Quantities"]),
        tests(of: "LinuxHost", ["TestSupport"]),
        tests(of: "KernelGuest", ["LinuxHost", "Processes", "Statistics", "TestSupport"]),
        tests(of: "Processes", ["Digests"]),
        tests(of: "Statistics", ["Contract"], fixtures: true),
        tests(of: "Resources", ["Contract", "Statistics", "Quantities"]),
        tests(of: "Quantities", ["Contract", "Statistics", "TestSupport"]),
        tests(of: "JSON", []),
        tests(of: "Digests", ["TestSupport"]),
        .testTarget(
            name: "KernelTests",
            dependencies: [
                "netmachinery", "LocalTestbed", "Testbed", "Probes", "ServiceLab", "ServiceProxies",
                "ContainerNetworking",
                "TrafficShaping", "Results", "Netlink", "LinuxHost", "KernelGuest", "Processes", "Statistics",
                "Contract", "Quantities",
                "TestSupport", grdb,
            ],
            swiftSettings: swiftSettings
        ),
    ]
)
