package io.onebalance.route.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.body.Found.Foreign;
import io.onebalance.route.body.Found.Named;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;

/// Compares the scanner with a full parse of random documents.
class JsonModelPropertyTest {
  private static final int DOCUMENTS = 5_000;
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void the_name_and_its_place_are_what_a_full_parse_says() {
    for (var seed = 0; seed < DOCUMENTS; seed++) {
      var body = new RandomJson(seed).document().getBytes(UTF_8);
      var whole = MAPPER.readTree(body);
      var found = ModelFinder.find("application/json", body);
      var model = whole.path("model");
      var text = new String(body, UTF_8);
      if (model.isString() && model.stringValue().contains("\n")) {
        assertThat(found).as(text).isInstanceOf(Found.Refused.class);
      } else if (model.isString() && !model.stringValue().isEmpty()) {
        assertThat(found).as(text).isInstanceOf(Named.class);
        agrees((Named) found, body, whole);
      } else {
        assertThat(found).as(text).isInstanceOf(Found.Nameless.class);
      }
    }
  }

  private static void agrees(Named found, byte[] body, JsonNode whole) {
    assertThat(found.name()).isEqualTo(whole.path("model").stringValue());
    assertThat(found.stream()).isEqualTo(whole.path("stream").equals(BooleanNode.TRUE));
    var literal = Arrays.copyOfRange(body, found.at().from() - 1, found.at().to() + 1);
    assertThat(MAPPER.readTree(literal).stringValue()).isEqualTo(found.name());
    var replaced = ModelFinder.replace(body, found, "an \"other\" one");
    assertThat(MAPPER.readTree(replaced).path("model").stringValue()).isEqualTo("an \"other\" one");
    assertThat(Arrays.copyOf(replaced, found.at().from()))
        .isEqualTo(Arrays.copyOf(body, found.at().from()));
  }

  @Test
  void no_damage_to_a_document_makes_it_fail_or_disagree() {
    var random = new Random(1);
    for (var seed = 0; seed < DOCUMENTS; seed++) {
      var body = new RandomJson(seed).document().getBytes(UTF_8);
      body[random.nextInt(body.length)] = (byte) "{}[]\",:\\ 0a".charAt(random.nextInt(11));
      var found = ModelFinder.find("application/json", body);
      var text = new String(body, UTF_8);
      try {
        var whole = MAPPER.readTree(body);
        assertThat(found).as(text).isNotEqualTo(new Foreign());
        if (found instanceof Named named) {
          assertThat(named.name()).as(text).isEqualTo(whole.path("model").stringValue());
        }
      } catch (JacksonException broken) {
        // Broken for a strict reader: whatever was found, finding it did not fail.
        assertThat(found).isNotNull();
      }
    }
  }
}
