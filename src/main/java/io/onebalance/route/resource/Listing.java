package io.onebalance.route.resource;

import io.onebalance.route.body.JsonTokens;
import io.onebalance.route.body.JsonTokens.Kind;
import io.onebalance.route.body.ModelName;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Predicate;

/// A provider's list of models. A caller who may use only some of them sees only those: their
/// entries stay byte for byte, the others go.
public final class Listing {
  private static final byte[] NOTHING = {};
  private static final byte[] COMMA = {','};

  private final byte[] json;
  private final JsonTokens tokens;
  private final Predicate<String> allowed;
  private final ByteArrayOutputStream kept;
  private int copied;
  private boolean removed;

  private Listing(byte[] json, Predicate<String> allowed) {
    this.json = json;
    this.tokens = new JsonTokens(json, 0, json.length);
    this.allowed = allowed;
    this.kept = new ByteArrayOutputStream(json.length);
  }

  /// Whether a call lists models: `GET …/models`, nothing behind it.
  public static boolean asked(String method, String path) {
    return method.equals("GET") && (path.endsWith("/models") || path.endsWith("/models/"));
  }

  /// The same list with the allowed models only (names normalised before they are judged), or
  /// nothing when it can't be read to its end: then it may not be shown either. Entries that don't
  /// say which model they are go too.
  public static Optional<byte[]> filtered(byte[] json, Predicate<String> allowed) {
    return new Listing(json, allowed).read();
  }

  private Optional<byte[]> read() {
    for (var kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
      if (kind == Kind.NAME && tokens.depth() == 1) {
        kind = member();
      } else if (kind == Kind.ARRAY && tokens.depth() == 1) {
        kind = entries("id");
      }
      if (broken(kind)) {
        return Optional.empty();
      }
    }
    kept.write(json, copied, json.length - copied);
    return Optional.of(removed ? kept.toByteArray() : json);
  }

  /// OpenAI and Anthropic list `data` with an `id`, Google and Cohere `models` with a `name`.
  private Kind member() {
    var entry = tokens.is("data") ? "id" : tokens.is("models") ? "name" : "";
    if (entry.isEmpty()) {
      return Kind.NAME;
    }
    var kind = tokens.next();
    return kind == Kind.ARRAY ? entries(entry) : kind;
  }

  /// Reads from behind `[` to behind `]`.
  private Kind entries(String naming) {
    var depth = tokens.depth();
    keep(copied, tokens.end());
    var first = true;
    var kind = tokens.next();
    while (!broken(kind) && tokens.depth() >= depth) {
      var start = tokens.start();
      if (kind == Kind.OBJECT && entryAllowed(naming)) {
        kept.writeBytes(first ? NOTHING : COMMA);
        keep(start, tokens.end());
        first = false;
      } else {
        removed = true;
        skip(depth);
      }
      kind = tokens.next();
    }
    copied = tokens.start();
    return kind;
  }

  private static boolean broken(Kind kind) {
    return kind == Kind.BROKEN || kind == Kind.EXCESSIVE;
  }

  private void keep(int from, int to) {
    kept.write(json, from, to - from);
  }

  /// Reads on until this depth is reached again.
  private void skip(int depth) {
    while (tokens.depth() > depth && !broken(tokens.next())) {
      // Only the end of it matters.
    }
  }

  /// Reads one entry to its end. It must give a name, and each that it gives must be allowed.
  private boolean entryAllowed(String naming) {
    var depth = tokens.depth();
    var named = false;
    var good = true;
    while (tokens.depth() >= depth) {
      var kind = tokens.next();
      if (kind == Kind.NAME && tokens.depth() == depth && tokens.is(naming)) {
        named = true;
        good &= nextAllowed();
      }
      if (broken(kind)) {
        return false;
      }
    }
    return named && good;
  }

  private boolean nextAllowed() {
    return tokens.next() == Kind.STRING && allowed.test(ModelName.normal(tokens.text().orElse("")));
  }
}
