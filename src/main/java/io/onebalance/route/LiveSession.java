package io.onebalance.route;

import io.onebalance.http.Percent;
import io.onebalance.route.body.JsonTokens;
import io.onebalance.route.body.JsonTokens.Kind;
import io.onebalance.route.body.ModelName;
import java.util.Optional;

/// A live session of Gemini's: a WebSocket that names its model in the client's first message,
/// `{"setup": {"model": …}}`, and nowhere before.
public final class LiveSession {
  private static final String MODELS = "/models/";

  private LiveSession() {}

  /// Whether a WebSocket at this path of a provider's is such a session.
  public static boolean isAt(String path) {
    return Percent.decode(path).orElse(path).contains("BidiGenerateContent");
  }

  /// The model that a first message names, normalised; empty where it names none, or is not clear.
  public static Optional<String> model(byte[] message) {
    var tokens = new JsonTokens(message, 0, message.length);
    var names = new Names();
    for (var kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
      if (kind == Kind.BROKEN || kind == Kind.EXCESSIVE) {
        return Optional.empty();
      }
      if (kind == Kind.NAME) {
        names.member(tokens);
      }
    }
    return names.model();
  }

  /// What was found on the way. A name that stands twice is unclear: another reader might take the
  /// other.
  private static final class Names {
    private int setups;
    private int models;
    private boolean within;
    private String model = "";

    void member(JsonTokens tokens) {
      if (tokens.depth() == 1) {
        within = tokens.is("setup");
        setups += within ? 1 : 0;
      } else if (within && tokens.depth() == 2 && tokens.is("model")) {
        models++;
        model = tokens.next() == Kind.STRING ? tokens.text().orElse("") : "";
      }
    }

    Optional<String> model() {
      var name = ModelName.normal(model.substring(model.lastIndexOf(MODELS) + tail()));
      return setups == 1 && models == 1 && !name.isEmpty() ? Optional.of(name) : Optional.empty();
    }

    private int tail() {
      return model.contains(MODELS) ? MODELS.length() : 1;
    }
  }
}
