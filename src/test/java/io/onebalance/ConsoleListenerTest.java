package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleListenerTest {
  private static final String CHAT =
      """
      {"model":"sandbox/echo","messages":[{"role":"user","content":"hello"}]}\
      """;

  @Test
  @DisplayName("S7 the console and the key API can listen at an address of their own")
  void the_console_listens_apart(@TempDir Path dir) throws Exception {
    var port = Ports.free();
    try (var house = Running.in(dir, "console:\n  listen: 127.0.0.1:" + port + "\n");
        var http = HttpClient.newHttpClient()) {
      assertThat(house.get("/login").statusCode()).isEqualTo(404);
      assertThat(house.get("/api/keys").statusCode()).isEqualTo(404);
      assertThat(house.post("/v1/chat/completions", CHAT).statusCode()).isEqualTo(200);

      assertThat(status(http, port, "/login")).isEqualTo(200);
      assertThat(status(http, port, "/api/keys")).isEqualTo(200);
      assertThat(status(http, port, "/v1/models")).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("S7 the console can be left out")
  void no_console(@TempDir Path dir) {
    try (var house = Running.in(dir, "console:\n  enabled: false\n")) {
      assertThat(house.get("/login").statusCode()).isEqualTo(404);
      assertThat(house.post("/v1/chat/completions", CHAT).statusCode()).isEqualTo(200);
    }
  }

  private static int status(HttpClient http, int port, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("authorization", "Bearer " + Running.AUTH)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
