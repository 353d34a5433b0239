package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import io.onebalance.route.body.Notation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The model in a JSON body or a form. The first line is the content type, the rest the body.
///
/// What we find is what a common reader finds, or we refuse; and a body with another model differs
/// in nothing but the model's name.
final class JsonBody implements Target {
  private static final JsonMapper READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(2_000)
                          .maxNumberLength(1_000_000)
                          .build())
                  .build())
          .build();

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var type = parts.line().replaceFirst("(?i)multipart", "");
    var body = parts.rest();
    switch (ModelFinder.find(type, body)) {
      case Found.Named named -> checkNamed(type, body, named);
      case Found.Nameless _ -> assertThat(readModel(body)).as("model that we missed").isEmpty();
      case Found.Foreign _, Found.Refused _ -> {
        // Passes unchanged where no model is needed, else it is a 400: nothing is misread.
      }
    }
  }

  private static void checkNamed(String type, byte[] body, Found.Named named) {
    if (named.notation() == Notation.JSON) {
      readModel(body).ifPresent(read -> assertThat(named.name()).isEqualTo(read));
    }
    assertReplaceable(type, body, named);
  }

  /// Another name goes to the same place, and every other byte stays.
  static void assertReplaceable(String type, byte[] body, Found.Named named) {
    var other = "pröbe/x\"\\ %&+\u0001=1";
    var replaced = ModelFinder.replace(body, named, other);
    var span = named.at();
    var tail = body.length - span.to();
    assertThat(Arrays.copyOf(replaced, span.from())).isEqualTo(Arrays.copyOf(body, span.from()));
    assertThat(Arrays.copyOfRange(replaced, replaced.length - tail, replaced.length))
        .isEqualTo(Arrays.copyOfRange(body, span.to(), body.length));
    var plain = "probe/x";
    assertThat(ModelFinder.find(type, ModelFinder.replace(body, named, plain)))
        .isInstanceOfSatisfying(
            Found.Named.class,
            again -> {
              assertThat(again.name()).isEqualTo(plain);
              assertThat(again.stream()).isEqualTo(named.stream());
            });
    if (named.notation() == Notation.JSON) {
      readModel(replaced).ifPresent(read -> assertThat(read).isEqualTo(other));
    }
  }

  /// The model as another reader finds it: the text under `model` in a JSON object.
  private static Optional<String> readModel(byte[] body) {
    return read(body)
        .filter(JsonNode::isObject)
        .map(object -> object.path("model"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(name -> !name.isEmpty());
  }

  private static Optional<JsonNode> read(byte[] body) {
    try {
      return Optional.of(READER.readTree(new String(body, StandardCharsets.UTF_8)));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
