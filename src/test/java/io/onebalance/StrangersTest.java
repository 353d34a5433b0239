package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Line;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the whole program keeps from those who may not.
class StrangersTest {
  @Test
  @DisplayName("S24 strangers and restricted keys get no metrics")
  void no_metrics_for_strangers(@TempDir Path dir) {
    try (var house = Running.in(dir)) {
      assertThat(house.send(house.bare("/metrics")).statusCode()).isNotEqualTo(200);
      var restricted =
          house.bare("/metrics").header("authorization", "Bearer " + Running.RESTRICTED);
      assertThat(house.send(restricted).statusCode()).isNotEqualTo(200);
    }
  }

  @Test
  @DisplayName("S28 the console has no sockets: no upgrade is taken, from whatever origin")
  void no_console_sockets(@TempDir Path dir) throws IOException {
    try (var house = Running.in(dir)) {
      for (var path : new String[] {"/", "/keys/openai", "/api/keys", "/api/keys/test", "/login"}) {
        try (var line = Line.to(URI.create(house.url()).getPort())) {
          var answer =
              line.say(
                      "GET "
                          + path
                          + " HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
                          + "origin: https://evil.example\r\nsec-websocket-version: 13\r\n"
                          + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nauthorization: Bearer "
                          + Running.AUTH
                          + "\r\n\r\n")
                  .hear();
          assertThat(answer.status()).as(path).isNotEqualTo(101);
        }
      }
    }
  }

  @Test
  @DisplayName("S27 gateway keys are compared in constant time and no other way")
  void compared_in_constant_time() {
    var comparing =
        House.asCompiled().classesOf("access").stream()
            .filter(found ->
                found.getMethodCallsFromSelf().stream()
                    .anyMatch(call ->
                        call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                            && call.getName().equals("isEqual")))
            .toList();
    assertThat(comparing).hasSize(1);
  }
}
