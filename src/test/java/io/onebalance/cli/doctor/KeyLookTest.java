package io.onebalance.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.onebalance.cli.shell.Remote;
import io.onebalance.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyLookTest {
  @Test
  void a_provider_whose_test_breaks_off_leaves_the_others_what_they_are() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", KeyLookTest::answer);
    server.start();
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      var looked = new KeyLook(new Remote(url, new Secret("any-key"))).look(Set.of());
      assertThat(looked.providers()).containsExactly("groq", "openai");
      assertThat(looked.notes()).hasSize(2);
      assertThat(looked.notes().getFirst())
          .isInstanceOf(Note.Ill.class)
          .extracting(Note::told)
          .asString()
          .contains("groq could not be asked: ", "keys test --provider groq");
      assertThat(looked.notes().getLast()).isEqualTo(new Note.Well("openai answers: valid"));
    } finally {
      server.stop(0);
    }
  }

  /// The key of a provider is called as the provider; the test of Groq's is cut off.
  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var target = exchange.getRequestURI().toString();
      var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (target.equals("/api/keys/test") && asked.contains("groq")) {
        return;
      }
      var slug = target.replaceFirst(".*provider=", "");
      var body =
          switch (exchange.getRequestURI().getPath()) {
            case "/api/providers" ->
                """
                {"items":[{"slug":"groq","keys":{"total":1,"blocked":0}},
                {"slug":"openai","keys":{"total":1,"blocked":0}}]}
                """;
            case "/api/keys/test" -> "{\"passed\":true,\"detail\":\"valid\"}\n";
            // The list of a provider's keys.
            default -> "{\"keys\":[{\"id\":\"" + slug + "\"}]}";
          };
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
