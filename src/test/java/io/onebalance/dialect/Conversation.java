package io.onebalance.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A folder of `rosetta`: one conversation in the words of every dialect.
///
/// `request.X.json` is what a client of X asks and, unless another file says otherwise, what a
/// provider of X is asked; `answer.X.json` and `answer.X.sse` likewise for the answer. What a pair
/// cannot carry stands in `A-to-B`, else in `others-to-B` (every A but B), else in `any-to-B`.
/// `targets.json` names the provider's models, `refused.json` the pairs that are a [BadRequest],
/// `told.json` those that leave something out and say so: nobody else does. `failure.json` says how
/// the streams of the folder break.
///
/// @param longer by how many letters the city of Lisbon is longer here than in the files
record Conversation(Path folder, int longer) {
  private static final String CITY = "L";
  private static final Path ROOT = Path.of("src/test/resources/rosetta");

  static List<Conversation> all() {
    try (var folders = Files.list(ROOT)) {
      return folders.sorted().map(folder -> new Conversation(folder, 0)).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Conversation named(String name) {
    return new Conversation(ROOT.resolve(name), 0);
  }

  Conversation longer(int letters) {
    return new Conversation(folder, letters);
  }

  Optional<JsonNode> request(String dialect) {
    return tree("request." + dialect + ".json");
  }

  Optional<JsonNode> answer(String dialect) {
    return tree("answer." + dialect + ".json");
  }

  Optional<byte[]> stream(String dialect) {
    return bytes("answer." + dialect + ".sse");
  }

  /// What a provider of `to` is asked when a client of `from` spoke.
  Optional<JsonNode> asked(String from, String to) {
    return expected("request", from, to);
  }

  /// What a client of `to` hears when a provider of `from` answered.
  Optional<JsonNode> heard(String from, String to) {
    return expected("answer", from, to);
  }

  boolean refuses(String from, String to) {
    return names("refused.json").orElse(List.of()).contains(from + "-to-" + to);
  }

  /// The pairs that leave something out.
  List<String> told() {
    return names("told.json").orElse(List.of());
  }

  Optional<String> failure() {
    return tree("failure.json").map(failure -> failure.path("kind").asString());
  }

  Target target(String dialect) {
    var target = tree("targets.json").orElseThrow().path(dialect);
    return new Target(target.path("provider").asString(), target.path("model").asString());
  }

  /// How the answer for this client is wrapped.
  Envelope envelope(Speaker client, boolean streamed) {
    var body = request(client.name()).orElseThrow();
    var written = streamed ? client.shape().streamed(body) : body;
    ChatRequest request = client.client().read(written);
    return new Envelope(Speaker.REQUEST_ID, 1_760_000_000, request, written);
  }

  List<String> files() {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Optional<JsonNode> expected(String what, String from, String to) {
    return Stream.of(from + "-to-" + to, "others-to-" + to, "any-to-" + to, to)
        .filter(name -> !(name.startsWith("others-") && from.equals(to)))
        .flatMap(name -> tree(what + "." + name + ".json").stream())
        .findFirst();
  }

  private Optional<List<String>> names(String file) {
    return tree(file).map(names -> names.values().stream().map(JsonNode::asString).toList());
  }

  private Optional<JsonNode> tree(String file) {
    return bytes(file)
        .map(bytes -> Json.read(bytes).orElseThrow(() -> new AssertionError(file + " is no JSON")));
  }

  private Optional<byte[]> bytes(String file) {
    var path = folder.resolve(file);
    try {
      return Files.exists(path)
          ? Optional.of(Files.readString(path).replace("Lisbo", CITY.repeat(longer) + "Lisbo"))
              .map(text -> text.getBytes(UTF_8))
          : Optional.empty();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName() + (longer == 0 ? "" : ", longer by " + longer);
  }
}
