package io.onebalance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.onebalance.wire.Pem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our HTTP/2 before the conformance tests that everybody uses.
class Http2ConformanceTest {
  /// What Netty does otherwise (its issue 13630): HEADERS on a stream that is over end the stream
  /// by RST_STREAM, not the connection by GOAWAY. Such frames reach no request and leave no stream
  /// open; a client that sends them harms its own connection only.
  private static final Set<String> NETTYS =
      Set.of(
          "half closed (remote): Sends a HEADERS frame",
          "closed: Sends a HEADERS frame",
          "Sends stream identifier that is numerically smaller than previous");

  @TempDir static Path folder;
  private static Optional<H2Spec> spec = Optional.empty();

  private final House house = new House();

  @BeforeAll
  static void unpack() {
    spec = H2Spec.in(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  @DisplayName("P5 h2spec, strict, in the clear")
  void conforms_in_the_clear() {
    house.http2InTheClear = true;
    var findings = run();
    assertHolds(findings);
  }

  @Test
  @DisplayName("P5 h2spec, strict, over TLS")
  void conforms_over_tls() throws Exception {
    var pair = Pem.in(folder);
    house.tls = Optional.of(new Address.Tls(pair.certificate(), pair.key()));
    var findings = run("--tls", "--insecure");
    assertHolds(findings);
  }

  private static void assertHolds(H2Spec.Findings findings) {
    assertThat(findings.report()).contains("tests, ");
    assertThat(findings.failures()).isSubsetOf(NETTYS);
  }

  private H2Spec.Findings run(String... more) {
    assumeTrue(spec.isPresent(), "h2spec does not run on this machine");
    house.relay =
        Optional.of(request -> request.endHandler(_ -> request.response().end("an answer")));
    house.open();
    return spec.orElseThrow().strict(house.port(), more);
  }
}
