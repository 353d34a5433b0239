package io.onebalance.route.body;

import io.onebalance.http.Percent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Finds `model` and `stream` among `name=value` pairs: a form's body, or a query.
final class FormModel {
  private static final int LONGEST_NAME_WRITTEN = 3 * "stream".length();

  private final byte[] bytes;
  private int named;
  private @Nullable Span at;
  private boolean stream;

  private FormModel(byte[] bytes) {
    this.bytes = bytes;
  }

  static Found find(byte[] body) {
    return new FormModel(body).read();
  }

  private Found read() {
    for (var from = 0; from < bytes.length; ) {
      var to = indexOf('&', from, bytes.length);
      pair(from, to);
      from = to + 1;
    }
    if (named > 1) {
      return new Found.Refused("\"model\" is given more than once");
    }
    return at == null ? new Found.Nameless(stream) : found(at);
  }

  private Found found(Span value) {
    var name = Percent.decode(bytes, value.from(), value.to(), true).orElse("");
    return ModelName.found(name, value, Notation.FORM, stream);
  }

  private void pair(int from, int to) {
    var equals = indexOf('=', from, to);
    if (equals - from > LONGEST_NAME_WRITTEN || equals == to) {
      return;
    }
    switch (Percent.decode(bytes, from, equals, true).orElse("")) {
      case "model" -> {
        named++;
        at = new Span(equals + 1, to);
      }
      case "stream" ->
          stream =
              new String(bytes, equals + 1, to - equals - 1, StandardCharsets.ISO_8859_1)
                  .equals("true");
      default -> {
        // Other fields are none of ours.
      }
    }
  }

  private int indexOf(int wanted, int from, int to) {
    var i = from;
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }
}
