package io.onebalance.console.pages;

import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Refusal;
import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Style sheet, script and icon. Each is served under a name that holds its hash, so browsers keep
/// it for good and a new version has a new name.
public final class Assets {
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final int HASH_BYTES = 8;

  private record Asset(String type, String tag, byte[] body) {}

  private final Map<String, Asset> byName;
  private final Look look;

  private Assets(Map<String, Asset> byName, Look look) {
    this.byName = Map.copyOf(byName);
    this.look = look;
  }

  /// Reads the files from the program itself.
  public static Assets load() {
    var byName = new HashMap<String, Asset>();
    var css = put(byName, "console", ".css", "text/css; charset=utf-8");
    var js = put(byName, "console", ".js", "text/javascript; charset=utf-8");
    var icon = put(byName, "mark", ".svg", "image/svg+xml");
    return new Assets(byName, new Look(css, js, icon));
  }

  public Look look() {
    return look;
  }

  /// One file by its hashed name.
  public Reply answer(Ask ask) {
    var asset = byName.get(ask.place("name"));
    if (asset == null) {
      throw Refusal.notFound("there is no such file");
    }
    var kept = List.of(new Header("cache-control", FOREVER), new Header("etag", asset.tag()));
    if (asset.tag().equals(ask.visit().headers().first("if-none-match"))) {
      return new Reply.Whole(304, kept, new byte[0]);
    }
    var headers = List.of(new Header("content-type", asset.type()), kept.get(0), kept.get(1));
    return new Reply.Whole(200, headers, asset.body());
  }

  private static String put(Map<String, Asset> all, String stem, String suffix, String type) {
    var body = bytes("/console/" + stem + suffix);
    var hash = hash(body);
    var name = stem + "-" + hash + suffix;
    all.put(name, new Asset(type, '"' + hash + '"', body));
    return "/static/" + name;
  }

  private static byte[] bytes(String resource) {
    try (var in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
