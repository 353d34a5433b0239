package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.resource.Listing;
import io.onebalance.route.resource.OnwardUrl;
import io.onebalance.route.resource.QueueAnswer;
import io.onebalance.route.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Resources and listings. The first line is a path, the second the URL of an upload as an answer
/// names it, the rest a JSON body.
///
/// A rewritten URL leads to us and nowhere else, without a key; a filtered list is JSON again and
/// shows no model that is not allowed.
final class Belongings implements Target {
  private static final String PUBLIC = "https://us.example:8443";
  private static final List<String> BASES =
      List.of("https://generativelanguage.googleapis.com", "https://gw.example/v1/a/g/google");
  private static final ObjectMapper READER = JsonMapper.builder().build();

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var path = "/" + parts.line();
    var url = parts.line();
    var body = parts.rest();
    assertNames(Resources.named(path, url, body));
    assertNames(Resources.made("POST", path, Given.fields(Map.of("location", url)), body));
    assertRewritten(url);
    assertLedBack(body);
    Listing.filtered(body, name -> name.startsWith("a"))
        .ifPresent(filtered -> assertFiltered(body, filtered));
  }

  private static void assertNames(Iterable<String> names) {
    assertThat(names)
        .allSatisfy(name -> {
          assertThat(name).matches("[A-Za-z_]+/[^/]+").hasSizeLessThanOrEqualTo(600);
          assertThat(name).doesNotContain("\r", "\n", "\0");
        });
  }

  private static void assertRewritten(String url) {
    OnwardUrl.rewritten(url, BASES, PUBLIC, "google")
        .ifPresent(rewritten -> {
          assertThat(rewritten).startsWith(PUBLIC + "/api/google/");
          assertThat(rewritten).doesNotContainPattern("[?&]key=");
        });
  }

  /// Whatever a queue answers, only its own URLs change.
  private static void assertLedBack(byte[] body) {
    var same = QueueAnswer.ledBack(body, _ -> Optional.empty());
    assertThat(same).isEqualTo(body);
    var led = QueueAnswer.ledBack(body, _ -> Optional.of(PUBLIC + "/x"));
    read(body)
        .filter(JsonNode::isObject)
        .ifPresent(before -> {
          var after = read(led);
          assertThat(after).as("the changed answer is JSON").isPresent();
          assertThat(after.get().propertyNames()).isEqualTo(before.propertyNames());
        });
  }

  private static void assertFiltered(byte[] body, byte[] filtered) {
    if (read(body).isPresent()) {
      var list = read(filtered);
      assertThat(list).as("the filtered list is JSON").isPresent();
      list.get()
          .path("data")
          .forEach(entry -> assertThat(entry.path("id").asString()).matches("(?s)(models/)?a.*"));
    }
  }

  private static Optional<JsonNode> read(byte[] json) {
    try {
      return Optional.of(READER.readTree(json));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
