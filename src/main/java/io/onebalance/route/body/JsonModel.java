package io.onebalance.route.body;

import io.onebalance.route.body.JsonTokens.Kind;
import org.jspecify.annotations.Nullable;

/// Finds `model` and `stream` among the top-level members of a JSON object.
///
/// It reads to the end even after it has found one, because a second `model` would be the one that
/// another reader takes: a caller could then be admitted for one model and use another (F46). For
/// the same reason a member that is `model` but for its case counts beside a real one: readers
/// written in Go take either.
final class JsonModel {
  private final JsonTokens tokens;
  private int named;
  private int alike;
  private @Nullable Span at;
  private String name = "";
  private boolean stream;

  private JsonModel(JsonTokens tokens) {
    this.tokens = tokens;
  }

  static Found find(byte[] body) {
    var model = new JsonModel(new JsonTokens(body, 0, body.length));
    return switch (model.read()) {
      case BROKEN -> new Found.Foreign();
      case EXCESSIVE ->
          new Found.Refused("the body is nested too deeply or has a number of too many digits");
      default -> model.found(); // read() ends at END, BROKEN or EXCESSIVE
    };
  }

  private Kind read() {
    while (true) {
      var kind = tokens.next();
      if (kind == Kind.NAME && tokens.depth() == 1) {
        kind = member();
      }
      if (kind == Kind.END || kind == Kind.BROKEN || kind == Kind.EXCESSIVE) {
        return kind;
      }
    }
  }

  /// Reads the value too where the member is one of ours.
  private Kind member() {
    if (tokens.is("model")) {
      named++;
      return model();
    }
    if (tokens.is("stream")) {
      var kind = tokens.next();
      stream = kind == Kind.TRUE;
      return kind;
    }
    alike += tokens.isInAnyCase("model") ? 1 : 0;
    return Kind.NAME;
  }

  private Kind model() {
    var kind = tokens.next();
    if (kind == Kind.STRING) {
      at = tokens.inside();
      name = tokens.text().orElse("");
    }
    return kind;
  }

  private Found found() {
    if (named + alike > 1) {
      return new Found.Refused("the body names \"model\" more than once");
    }
    return at == null
        ? new Found.Nameless(stream)
        : ModelName.found(name, at, Notation.JSON, stream);
  }
}
