package io.onebalance.route.body;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the model that a body or a query names, and where exactly its name stands, in one pass
/// over the bytes and without building anything of them.
public final class ModelFinder {
  private ModelFinder() {}

  /// What the body says. The content type is believed only where it must be: many clients send JSON
  /// with curl's form type or with none, and many providers take it.
  public static Found find(@Nullable String contentType, byte[] body) {
    if (body.length == 0) {
      return new Found.Nameless(false);
    }
    var type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT).strip();
    if (type.startsWith("multipart/")) {
      return MultipartModel.find(contentType == null ? "" : contentType, body);
    }
    if (looksLikeJson(body)) {
      return JsonModel.find(body);
    }
    return type.startsWith("application/x-www-form-urlencoded")
        ? FormModel.find(body)
        : new Found.Foreign();
  }

  /// What the query says (`?model=`, as realtime and speech calls do).
  public static Found inQuery(String rawQuery) {
    return rawQuery.contains("m") || rawQuery.contains("%")
        ? FormModel.find(rawQuery.getBytes(StandardCharsets.ISO_8859_1))
        : new Found.Nameless(false);
  }

  /// The same body with another model's name; every other byte is as it was.
  public static byte[] replace(byte[] body, Found.Named found, String model) {
    return found.at().splice(body, found.notation().write(model));
  }

  private static boolean looksLikeJson(byte[] body) {
    for (var i = markLength(body); i < body.length; i++) {
      switch (body[i]) {
        case ' ', '\t', '\r', '\n' -> {}
        case '{', '[' -> {
          return true;
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private static int markLength(byte[] body) {
    return body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF
        ? 3
        : 0;
  }
}
