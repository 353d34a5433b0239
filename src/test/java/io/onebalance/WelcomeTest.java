package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.onebalance.program.Welcome;
import io.onebalance.secret.Secret;
import io.onebalance.settings.read.AuthKeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The lines that the first start prints are given to a shell as they are, and what the shell makes
/// of them is asked of the running program.
@DisabledOnOs(OS.WINDOWS)
final class WelcomeTest {
  private static final String STORY = "You said: hello";

  /// Prints what `curl` is given, an argument a line, instead of asking.
  private static final String NO_CURL = "curl() { for word; do echo \"curl:$word\"; done; }\n";

  private static String said(Welcome.Places places, AuthKeyFile.Kept key) {
    var text = new StringWriter();
    Welcome.say(new PrintWriter(text, true), places, key);
    return text.toString();
  }

  /// The lines to paste are those that are indented.
  private static String pasted(String said) {
    return String.join("\n", said.lines().filter(line -> line.startsWith("  ")).toList()) + "\n";
  }

  /// What a shell prints that was given these lines and then told to print all variables.
  private static List<String> shell(String lines, Path dir, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder("sh", "-eu", "-c", NO_CURL + lines + "env").directory(dir.toFile());
    builder.environment().remove("AUTH_KEY");
    builder.environment().putAll(environment);
    var shell = builder.redirectErrorStream(true).start();
    try (var out = shell.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    }
  }

  private static Map<String, String> variables(List<String> printed) {
    var found = new TreeMap<String, String>();
    for (var line : printed) {
      var at = line.indexOf('=');
      if (at > 0) {
        found.put(line.substring(0, at), line.substring(at + 1));
      }
    }
    return found;
  }

  private static AuthKeyFile.Kept made() {
    return new AuthKeyFile.Kept(AuthKeyFile.random(new SplittableRandom(3)), true);
  }

  @Test
  void the_printed_lines_answer(@TempDir Path dir) throws Exception {
    var key = made();
    try (var house = Running.with(dir, key.key())) {
      var printed = shell(pasted(said(house.places(), key)), dir, Map.of());
      assertThat(curled(house, printed)).contains(STORY);
      var variables = variables(printed);
      assertThat(openAi(variables)).startsWith(STORY);
      assertThat(claude(variables)).startsWith(STORY);
    }
  }

  private static String curled(Running house, List<String> printed) {
    var words =
        printed.stream()
            .filter(line -> line.startsWith("curl:"))
            .map(line -> line.substring("curl:".length()))
            .toList();
    assertThat(words).hasSize(7);
    assertThat(words.get(1)).isEqualTo("-H");
    assertThat(words.get(3)).isEqualTo("-H");
    assertThat(words.get(5)).isEqualTo("-d");
    var answer =
        house.send(
            HttpRequest.newBuilder(URI.create(words.getFirst()))
                .header(name(words.get(2)), value(words.get(2)))
                .header(name(words.get(4)), value(words.get(4)))
                .POST(BodyPublishers.ofString(words.get(6))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String name(String header) {
    return header.substring(0, header.indexOf(": "));
  }

  private static String value(String header) {
    return header.substring(header.indexOf(": ") + 2);
  }

  private static String openAi(Map<String, String> variables) {
    var client =
        OpenAIOkHttpClient.builder()
            .baseUrl(variables.get("OPENAI_BASE_URL"))
            .apiKey(variables.get("OPENAI_API_KEY"))
            .build();
    var hello =
        ChatCompletionCreateParams.builder().model("sandbox/echo").addUserMessage("hello").build();
    var answer = client.chat().completions().create(hello);
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  private static String claude(Map<String, String> variables) {
    var client =
        AnthropicOkHttpClient.builder()
            .baseUrl(variables.get("ANTHROPIC_BASE_URL"))
            .authToken(variables.get("ANTHROPIC_AUTH_TOKEN"))
            .build();
    var hello =
        MessageCreateParams.builder()
            .model("sandbox/echo")
            .maxTokens(99)
            .addUserMessage("hello")
            .build();
    return client.messages().create(hello).content().getFirst().asText().text();
  }

  @Test
  void a_key_that_was_just_made_is_shown_once() {
    var key = made();
    var said = said(new Welcome.Places("http://h:1", Optional.of("http://h:1"), true), key);
    assertThat(said.split(key.key().reveal(), -1)).hasSize(2);
    assertThat(pasted(said)).startsWith("  export AUTH_KEY=" + key.key().reveal() + "\n");
  }

  @Test
  void a_key_that_the_operator_set_is_never_shown_and_the_lines_still_work(@TempDir Path dir)
      throws Exception {
    var kept = new AuthKeyFile.Kept(new Secret("the operator's own key"), false);
    var said = said(new Welcome.Places("http://h:1", Optional.of("http://h:1"), true), kept);
    assertThat(said).doesNotContain("operator");
    var printed = shell(pasted(said), dir, Map.of("AUTH_KEY", "mine; own"));
    assertThat(printed).contains("curl:Authorization: Bearer mine; own");
    assertThat(variables(printed))
        .containsEntry("OPENAI_API_KEY", "mine; own")
        .containsEntry("ANTHROPIC_AUTH_TOKEN", "mine; own");
    assertThat(pasted(said)).contains("$(./one-balance auth-key)");
  }

  @Test
  void what_is_switched_off_is_not_promised() {
    var said = said(new Welcome.Places("http://h:1", Optional.empty(), false), made());
    assertThat(said).doesNotContain("sandbox").doesNotContain("Add provider keys");
    assertThat(said)
        .contains("http://h:1/v1/chat/completions")
        .contains("ANTHROPIC_BASE_URL=http://h:1/api/compat");
  }

  @Test
  void the_console_is_named_where_it_listens(@TempDir Path dir) {
    var settings = "console: {listen: '127.0.0.1:0'}\n";
    try (var house = Running.in(dir, settings)) {
      var places = house.places();
      var console = places.console().orElseThrow();
      assertThat(console).isNotEqualTo(places.url());
      var door = house.send(HttpRequest.newBuilder(URI.create(console + "/login")));
      assertThat(door.statusCode()).isEqualTo(200);
      assertThat(house.get("/login").statusCode()).isEqualTo(404);
      assertThat(house.get("/health/ready").statusCode()).isEqualTo(200);
    }
  }
}
