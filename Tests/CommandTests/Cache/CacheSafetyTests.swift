import Foundation
import TestSupport
import Testing

/// What `--signature-cache` does to files that are there already, and to those of other runs.
@Suite("The safety of the cache of signatures") struct CacheSafetyTests {
  /// Runs a shell script in a folder, with `$run` for an audit of a sample with the cache `cache`. What is to be done at
  /// the same time stands in a pipeline: a shell that starts with SIGCHLD blocked may wait for ever for what `&` began.
  private func audit(_ script: String, in folder: borrowing TemporaryFolder) throws -> Outcome {
    let run = #"run="$0 --json --trust-anchor $2 --signature-cache cache $3" && cd "$1" && umask 022 && "#
    let sample = Sample.broken
    return try shell(run + script, folder.url.path(), sample.anchors, sample.path)
  }

  /// Expects that a run refuses what a script makes, before it reads anything, and leaves it as it is.
  private func expectRefusal(_ make: String, _ problem: String, check: String = "true") throws {
    let folder = try TemporaryFolder()
    let outcome = try audit("{ \(make); $run; code=$?; \(check) && exit $code; }", in: folder)
    #expect(outcome.status == 2 && outcome.text == "", "\(outcome.errorText)")
    #expect(
      outcome.errorText == "dnsaudit: the signature cache cache cannot be used: \(problem); "
        + "expected a file that an earlier run made, or none yet\n")
  }

  @Test(
    "a link, a pipe and a folder are refused, and stay what they are",
    arguments: [
      ("ln -s real cache", "it is a symbolic link", "test -L cache && test ! -e real"),
      ("$run >out; mv cache real; ln -s real cache", "it is a symbolic link", "test -L cache"),
      ("mkfifo cache", "it is no regular file", "test -p cache"),
      ("mkdir cache", "it is no regular file", "test -d cache"),
    ])
  func irregular(make: String, problem: String, check: String) throws {
    try expectRefusal(make, problem, check: check)
  }

  @Test("a device is refused, and stays a device", .requiresRoot("a device node of its own"))
  func device() throws {
    try expectRefusal("mknod cache c 1 3", "it is no regular file", check: "test -c cache")
  }

  @Test("a file that others may write is refused", arguments: ["620", "602", "666"])
  func mode(mode: String) throws {
    try expectRefusal("$run >out; chmod \(mode) cache", "others may write it")
  }

  @Test("a file of another user is refused", .requiresRoot("a file of another owner"))
  func owner() throws {
    try expectRefusal("$run >out; chown 65534 cache", "it belongs to another user")
  }

  @Test(
    "a file that never was a cache is refused, and keeps what is in it",
    arguments: [
      "echo notes of mine >cache", "$run >out; sed -i s/^dnsaudit/dnsaudix/ cache", "printf dnsaudit >cache",
      "printf d >cache",
    ])
  func foreign(make: String) throws {
    try expectRefusal(
      "\(make); cp cache kept", "it is no signature cache", check: "cmp cache kept")
  }

  @Test("an empty file is taken for a new one")
  func empty() throws {
    let outcome = try audit(": >cache && { $run >out; test -s cache; }", in: try TemporaryFolder())
    #expect(outcome.status == 0 && outcome.errorText == "", "\(outcome.errorText)")
  }

  @Test("a cache that cannot be written costs the run nothing but a warning")
  func unwritable() throws {
    let sample = Sample.broken
    let outcome = try sample.audit("--json", "--signature-cache", "/proc/no/cache")
    #expect(try outcome.status == sample.audit("--json").status)
    #expect(outcome.errorText.hasPrefix("dnsaudit: the signature cache /proc/no/cache cannot be used: "))
    #expect(try outcome.events("summary").count == 1)
  }

  @Test("the cache is neither an input nor another output")
  func inUse() throws {
    let outcome = try audit(
      "{ $run >out; cp cache kept; $run -o cache; code=$?; cmp cache kept && exit $code; }",
      in: try TemporaryFolder())
    #expect(
      outcome.status == 2 && outcome.errorText.contains("cache cannot be written: it is written by this run"))
  }

  @Test("a run that ends after another one has added to the file keeps what that one found")
  func added() throws {
    let spoofed = Sample.spoofed, clean = Sample.clean, folder = try TemporaryFolder()
    let other = "$0 --json -v --signature-cache cache --trust-anchor"
    let (first, late) = ("\(other) \(spoofed.anchors) \(spoofed.path)", "\(other) \(clean.anchors)")
    let outcome = try audit(
      "\(first) >out; mkfifo late.pcap; \(late) late.pcap >out | { exec 3>late.pcap; $run >out2; cat \(clean.path) >&3; }; "
        + "$run -v >out; \(first) >out; \(late) \(clean.path) >out; ls", in: folder)
    #expect(outcome.text == "cache\nlate.pcap\nout\nout2\n")
    let told = outcome.errorText.matches(of: /(\d+) signatures were known from earlier runs, (\d+) are new/)
    #expect(told.count == 5, "\(outcome.errorText)")
    #expect(told.suffix(3).allSatisfy { $0.1 != "0" && $0.2 == "0" }, "\(outcome.errorText)")
    #expect(!outcome.errorText.contains("signature cache"))
  }

  @Test("runs that end at the same time leave one sound file")
  func together() throws {
    let outcome = try audit(
      "$run >out1 | $run >out2 | $run >out3 | $run >out4; rm out*; $run -v >out; ls",
      in: try TemporaryFolder())
    #expect(outcome.text == "cache\nout\n")
    // Where each began a file of its own, the first one's stays.
    #expect(outcome.errorText.contains(", 0 are new") && !outcome.errorText.contains("damaged"))
  }

  @Test("a run that ends after another one has begun the file anew leaves that one's")
  func begunAnew() throws {
    // Opening the pipe waits until the late run has read the cache and begins with its capture.
    let outcome = try audit(
      "mkfifo late.pcap; ${run% *} late.pcap >out | { exec 3>late.pcap; $run >out2; cp cache kept; cat \"$3\" >&3; }; "
        + "cmp cache kept", in: try TemporaryFolder())
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(
      outcome.errorText.contains("the signature cache cache is not written: another run has begun it anew"))
  }

  @Test(
    "a run waits for the lock of the folder, gives up after two seconds, and ends as without a cache",
    .requiresPrograms("flock", for: "a lock"))
  func lock() throws {
    let outcome = try audit(
      "{ flock . $run >out; test ! -e cache && test -s out; }", in: try TemporaryFolder())
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(outcome.errorText.contains("another process keeps the lock of its folder"))
  }
}
