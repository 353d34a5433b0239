package io.onebalance.dialect.json;

import io.onebalance.chat.Source;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `data:` URLs with base64, in which OpenAI's dialects carry pictures and files.
public final class DataUrl {
  private static final String UNKNOWN = "application/octet-stream";

  /// How the base64 of a file begins, by what it then is.
  private static final Map<String, String> BEGINNINGS = beginnings();

  private DataUrl() {}

  public static boolean is(String url) {
    return url.regionMatches(true, 0, "data:", 0, 5);
  }

  /// What such a URL holds; empty where it is none, or holds no base64. A missing media type is
  /// told by the first bytes.
  public static Optional<Source.Inline> read(String url) {
    var comma = url.indexOf(',');
    if (!is(url) || comma < 0) {
      return Optional.empty();
    }
    var head = url.substring(5, comma).strip().toLowerCase(Locale.ROOT);
    if (!head.endsWith("base64")) {
      return Optional.empty();
    }
    var type = head.substring(0, Math.max(0, head.indexOf(';'))).strip();
    return Optional.of(inline(type, url.substring(comma + 1)));
  }

  /// Base64 of a file, perhaps in the alphabet for URLs or without its padding. `mediaType` is
  /// empty where it is not known.
  public static Source.Inline inline(String mediaType, String base64) {
    var data = standard(base64.strip());
    return new Source.Inline(mediaType.isEmpty() ? sniffed(data) : mediaType, data);
  }

  public static String write(Source.Inline inline) {
    return "data:" + inline.mediaType() + ";base64," + inline.data();
  }

  /// The same bytes in the standard alphabet, with padding.
  private static String standard(String base64) {
    var same = base64.indexOf('-') < 0 && base64.indexOf('_') < 0;
    var plain = same ? base64 : base64.replace('-', '+').replace('_', '/');
    var missing = (4 - plain.length() % 4) % 4;
    return missing == 0 || missing == 3 ? plain : plain + "=".repeat(missing);
  }

  private static String sniffed(String data) {
    if (data.startsWith("UklGR")) {
      return isWave(data) ? "audio/wav" : "image/webp";
    }
    return BEGINNINGS.entrySet().stream()
        .filter(known -> data.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /// The form of a RIFF file stands in its bytes 8 to 11, which are the characters 11 to 15.
  private static boolean isWave(String data) {
    try {
      var head = Base64.getDecoder().decode(data.substring(0, Math.min(16, data.length())));
      return head.length == 12 && head[8] == 'W' && head[9] == 'A';
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }

  private static Map<String, String> beginnings() {
    var known = new LinkedHashMap<String, String>();
    known.put("iVBORw0KGgo", "image/png");
    known.put("/9j/", "image/jpeg");
    known.put("R0lGOD", "image/gif");
    known.put("JVBERi", "application/pdf");
    known.put("SUQz", "audio/mpeg");
    return known;
  }
}
