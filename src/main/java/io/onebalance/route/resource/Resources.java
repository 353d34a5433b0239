package io.onebalance.route.resource;

import io.onebalance.http.Fields;
import io.onebalance.route.ModelPath;
import io.onebalance.route.body.JsonTokens;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which resources a request names, and which an answer makes. A resource belongs to the key that
/// made it, so a request that names one must go there again. Names are `collection/id`; whoever
/// keeps them keeps the provider beside.
public final class Resources {
  private Resources() {}

  /// How much of an answer is looked at.
  public static final int LOOKED_AT = 8 << 10;

  private static final Pattern UPLOAD = Pattern.compile("(?:^|.*[?&])upload_id=([^&#]+).*");

  /// Verbs of models whose answer is a job.
  private static final Set<String> JOBS =
      Set.of("batchGenerateContent", "asyncBatchEmbedContent", "predictLongRunning");

  /// The resources that a request names: in its path (outermost first), its query, its JSON.
  public static Set<String> named(String path, String query, byte[] body) {
    var names = new LinkedHashSet<String>(ResourcePath.in(path));
    addUpload(query, names);
    if (startsAsJson(body)) {
      new References(new JsonTokens(body, 0, body.length), names).read();
    }
    return names;
  }

  /// Whether an answer to this request can make a resource known: only then is it worth a look.
  public static boolean mayMake(String method, String path) {
    if (QueueAnswer.isBelow(path)) {
      return QueueAnswer.isTo(method, path);
    }
    return ResourcePath.endsIn(path)
        || !ResourcePath.in(path).isEmpty()
        || (method.equals("POST") && ModelPath.verb(path).filter(JOBS::contains).isPresent());
  }

  /// The resources that an answer makes or shows: in its header fields, and in the first bytes of
  /// its JSON or of its events (at most [#LOOKED_AT] are read; they may be cut anywhere).
  public static Set<String> made(String method, String path, Fields headers, byte[] first) {
    var names = new LinkedHashSet<String>();
    addUpload(orEmpty(headers.first("x-goog-upload-url")), names);
    addUpload(orEmpty(headers.first("location")), names);
    if (mayMake(method, path)) {
      var from = jsonStart(first);
      var to = Math.min(first.length, from + LOOKED_AT);
      new Makings(new JsonTokens(first, from, to), path, names).read();
    }
    return names;
  }

  private static void addUpload(String url, Set<String> names) {
    var upload = UPLOAD.matcher(url);
    if (upload.matches() && ResourcePath.isId(upload.group(1))) {
      names.add("uploads/" + upload.group(1));
    }
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static boolean startsAsJson(byte[] body) {
    for (var b : body) {
      if (b > ' ') {
        return b == '{' || b == '[';
      }
    }
    return false;
  }

  /// Where the JSON begins: at the start, or behind the first `data:` of a stream of events.
  private static int jsonStart(byte[] first) {
    if (startsAsJson(first)) {
      return 0;
    }
    var length = Math.min(first.length, LOOKED_AT);
    var text = new String(first, 0, length, StandardCharsets.ISO_8859_1);
    var data = text.startsWith("data:") ? 0 : text.indexOf("\ndata:") + 1;
    return text.startsWith("data:", data) ? data + "data:".length() : 0;
  }
}
