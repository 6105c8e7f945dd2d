import Foundation
import TestSupport
import Testing

/// What `--anchor-state` does to files that are there already, and to those of other runs.
@Suite("The safety of anchor states") struct StateFileSafetyTests {
  private let root: RolloverCaptures

  init() throws { root = try RolloverCaptures() }

  /// Audits a day in a shell whose script has `$run` for the command with its anchor, `$1` for a folder with
  /// `first.pcap` and `both.pcap`, and `$1/state` for the file of states.
  private func audit(_ script: String, in folder: borrowing TemporaryFolder) throws -> Outcome {
    try folder.write(root.capture([(0, .first)]), to: "first.pcap")
    try folder.write(root.capture([(1, .both)]), to: "both.pcap")
    try folder.write(root.anchor(), to: "root.conf")
    let run = #"run="$2 --json --trust-anchor root.conf --anchor-state state" && cd "$1" && "#
    return try shell(run + script, folder.url.path(), Environment.command.path())
  }

  @Test(
    "a pipe or a folder is refused before anything is read, and stays what it is",
    arguments: [("mkfifo state", "-p"), ("mkdir state", "-d"), ("mkfifo pipe; ln -s pipe state", "-p")])
  func irregular(make: String, kind: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try audit(
      "{ \(make); $run first.pcap; code=$?; test \(kind) state && exit $code; }", in: folder)
    #expect(outcome.status == 2 && outcome.text == "")
    #expect(
      outcome.errorText == "dnsaudit: trust anchors in state cannot be used: it is no regular file; "
        + "expected a file of states, or none yet\n")
  }

  @Test("a device stays a device", .requiresRoot("a device node of its own"))
  func device() throws {
    let folder = try TemporaryFolder()
    let outcome = try audit(
      "mknod state c 1 3 && { $run first.pcap; code=$?; test -c state && exit $code; }", in: folder)
    #expect(outcome.status == 2 && outcome.text == "", "\(outcome.errorText)")
    #expect(outcome.errorText.contains("it is no regular file"))
  }

  @Test("a link to a file that is not there yet stays a link, and the file is made")
  func dangling() throws {
    let folder = try TemporaryFolder()
    let outcome = try audit(
      "mkdir kept && ln -s kept/next state && ln -s real kept/next && $run first.pcap >out && test -L state && "
        + "test -L kept/next && grep -c state=2 kept/real", in: folder)
    #expect(outcome.status == 0 && outcome.text == "1\n", "\(outcome.errorText)")
  }

  @Test("a file that is there keeps its mode")
  func mode() throws {
    let folder = try TemporaryFolder()
    let outcome = try audit(
      ": >state && chmod 664 state && $run first.pcap >out && test -s state && stat -c %a state", in: folder)
    #expect(outcome.status == 0 && outcome.text == "664\n", "\(outcome.errorText)")
  }

  @Test("a file that is there keeps its owner", .requiresRoot("a file of another owner"))
  func owner() throws {
    let folder = try TemporaryFolder()
    let outcome = try audit(
      ": >state && chown 65534:65533 state && $run first.pcap >out && test -s state && stat -c %u:%g state",
      in: folder)
    #expect(outcome.status == 0 && outcome.text == "65534:65533\n", "\(outcome.errorText)")
  }

  @Test(
    "a run that ends after another one has changed the file leaves it, and says so", arguments: [true, false])
  func concurrent(isNew: Bool) throws {
    let folder = try TemporaryFolder()
    // Opening the pipe waits until the first run has read the states and begins with its capture.
    let outcome = try audit(
      (isNew ? "" : "$run first.pcap >out && ")
        + "mkfifo late.pcap && { $run late.pcap >out & } && exec 3>late.pcap && $run both.pcap >out && "
        + "cp state kept && cat first.pcap >&3 && exec 3>&- && { wait $!; code=$?; cmp kept state && exit $code; }",
      in: folder)
    // The same packets once more teach the late run nothing, and there is nothing to lose.
    #expect(outcome.status == (isNew ? 5 : 0), "\(outcome.errorText)")
    #expect(outcome.errorText.contains("state is not written: another run has changed it") == isNew)
  }

  @Test(
    "a run waits for the lock of the folder, and gives up after two seconds",
    .requiresPrograms("flock", for: "a lock"))
  func lock() throws {
    let folder = try TemporaryFolder()
    let outcome = try audit(
      "flock . $run first.pcap >out || { code=$?; test ! -e state && exit $code; }", in: folder)
    #expect(outcome.status == 5 && outcome.errorText.contains("keeps the lock of its folder"))
    let short = try audit("{ flock . sleep 1 & } && $run first.pcap >out && test -s state", in: folder)
    #expect(short.status == 0, "\(short.errorText)")
  }
}
