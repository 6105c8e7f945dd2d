// swift-tools-version: 6.2
import PackageDescription

/// Every target of this package: warnings are errors and unsafe constructs have to be marked.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

/// Targets that declare `~Escapable` views need the lifetime annotations; their users do not.
let views: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "dnsaudit",
  products: [.executable(name: "dnsaudit", targets: ["dnsaudit"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    // The C libraries, and the few lines of C that Swift cannot see.
    .systemLibrary(name: "CPcap", pkgConfig: "libpcap"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
    .systemLibrary(name: "CCompression"),
    .target(name: "CSystem"),

    // In the order in which a packet meets them; see README, "How a packet travels".
    .target(name: "Bytes", swiftSettings: views),
    .target(name: "Packets", dependencies: ["Bytes"], swiftSettings: views),
    .target(
      name: "Capture",
      dependencies: ["Bytes", "Packets", "Crypto", "CCompression", "CPcap", "CSystem"],
      swiftSettings: views),
    .target(name: "DNSWire", dependencies: ["Bytes"], swiftSettings: views),
    .target(
      name: "Transactions", dependencies: ["Bytes", "Packets", "DNSWire"], swiftSettings: views),
    .target(name: "Crypto", dependencies: ["COpenSSL"], swiftSettings: views),
    .target(name: "DNSSEC", dependencies: ["Bytes", "DNSWire", "Crypto"], swiftSettings: strict),
    .target(
      name: "Findings", dependencies: ["Bytes", "Packets", "DNSWire", "Transactions", "DNSSEC"],
      swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: [
        "Bytes", "Packets", "DNSWire", "Transactions", "DNSSEC", "Findings", mustache,
      ],
      exclude: ["Schema"],
      resources: [
        .embedInCode("HTML/report.mustache"), .embedInCode("HTML/incidents.mustache"),
        .embedInCode("HTML/findings.mustache"), .embedInCode("HTML/zones.mustache"),
        .embedInCode("HTML/custody.mustache"),
        .embedInCode("HTML/style.css"),
      ], swiftSettings: strict),
    .target(
      name: "Audit",
      dependencies: [
        "Bytes", "Packets", "Capture", "DNSWire", "Transactions", "Crypto", "DNSSEC", "Findings", "CSystem",
      ], swiftSettings: strict),
    .executableTarget(
      name: "dnsaudit", dependencies: ["Bytes", "Findings", "Audit", "Reports", "CSystem", argumentParser],
      swiftSettings: strict),
    // What measures; see Benchmarks/README.md.
    .executableTarget(
      name: "Benchmarks",
      dependencies: ["Bytes", "DNSSEC", "Findings", "Reports", "Audit"],
      path: "Benchmarks/Measure", swiftSettings: strict),
    .executableTarget(
      name: "BenchmarkFloor", dependencies: ["CPcap"], path: "Benchmarks/Floor", swiftSettings: strict),
    .executableTarget(
      name: "BenchmarkCaptures", dependencies: ["Bytes", "DNSWire", "TestSupport"],
      path: "Benchmarks/Captures", swiftSettings: strict),

    // Tests mirror the targets.
    .target(
      name: "TestSupport",
      dependencies: ["Bytes", "Packets", "DNSWire", "Crypto", "COpenSSL"],
      path: "Tests/TestSupport", exclude: ["Schema"], swiftSettings: strict),
    .testTarget(
      name: "BytesTests", dependencies: ["Bytes", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PacketsTests", dependencies: ["Packets", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CaptureTests", dependencies: ["Capture", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DNSWireTests", dependencies: ["DNSWire", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TransactionsTests", dependencies: ["Transactions", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CryptoTests", dependencies: ["Crypto", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DNSSECTests", dependencies: ["DNSSEC", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "FindingsTests", dependencies: ["Findings", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "AuditTests", dependencies: ["Audit", "Reports", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["Capture", "Packets", "dnsaudit", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BenchmarksTests",
      dependencies: ["Benchmarks", "BenchmarkCaptures", "Audit", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ProjectTests", dependencies: ["TestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
