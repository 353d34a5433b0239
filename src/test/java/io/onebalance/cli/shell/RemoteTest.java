package io.onebalance.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.onebalance.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RemoteTest {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "502 | <html><title>502 Bad Gateway</title></html> | answers with status 502 and no JSON",
        "404 | Not Found | answers with status 404 and no JSON",
        "503 | {} | refused: status 503",
        "400 | {\"error\":{\"message\":\"'ids' is odd\"}} | refused: 'ids' is odd",
      })
  void an_answer_that_is_none_is_told_with_its_status(int status, String body, String why)
      throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, status, body));
    server.start();
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      var remote = new Remote(url, new Secret("any-key"));
      var empty = JsonMapper.shared().createObjectNode();
      assertThat(failure(() -> remote.ask("GET", "/api/keys", Optional.empty())))
          .startsWith(url)
          .contains(why);
      assertThat(failure(() -> remote.lines("/api/keys/test", empty, _ -> {})))
          .startsWith(url)
          .contains(why);
    } finally {
      server.stop(0);
    }
  }

  private interface Asking {
    void ask() throws IOException;
  }

  private static String failure(Asking asking) {
    try {
      asking.ask();
      return "";
    } catch (IOException failed) {
      return String.valueOf(failed.getMessage());
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
