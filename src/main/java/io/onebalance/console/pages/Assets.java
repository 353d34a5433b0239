package io.onebalance.console.pages;

import io.onebalance.console.pages.Look.Scripts;
import io.onebalance.console.pages.words.Sentences;
import io.onebalance.console.pages.words.Taste.Language;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Refusal;
import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// Style sheet, scripts and icon. Each is served under a name that holds its hash, so browsers keep
/// it for good and a new version has a new name.
public final class Assets {
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final int HASH_BYTES = 8;

  private record Asset(String type, String tag, byte[] body, byte[] gzipped) {}

  /// They are read and packed when somebody first asks for a page: a start does not wait for them.
  private static final class First {
    static final Assets ALL = load();
  }

  private final Map<String, Asset> byName;
  private final Look look;

  private Assets(Map<String, Asset> byName, Look look) {
    this.byName = Map.copyOf(byName);
    this.look = look;
  }

  /// The files of the program itself.
  public static Assets all() {
    return First.ALL;
  }

  private static Assets load() {
    var byName = new HashMap<String, Asset>();
    var css = put(byName, "/console/console.css", "text/css; charset=utf-8");
    var own = put(byName, "/console/console.js", SCRIPT);
    var htmx = put(byName, WEBJARS + "htmx.org/2.0.7/dist/htmx.min.js", SCRIPT);
    var charts = put(byName, WEBJARS + "chart.js/4.4.9/dist/chart.umd.js", SCRIPT);
    var icon = put(byName, "/console/mark.svg", "image/svg+xml");
    return new Assets(
        byName, new Look(css, new Scripts(own, htmx, charts), icon, sentences(byName)));
  }

  private static Map<Language, String> sentences(Map<String, Asset> byName) {
    return Arrays.stream(Language.values())
        .filter(one -> Assets.class.getResource(Sentences.file(one)) != null)
        .collect(
            Collectors.toMap(
                one -> one, one -> put(byName, Sentences.file(one), "application/json")));
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
    var asked = ask.visit().headers();
    var headers = new ArrayList<>(List.of(new Header("cache-control", FOREVER)));
    headers.add(new Header("etag", asset.tag()));
    headers.add(new Header("vary", "accept-encoding"));
    if (asset.tag().equals(asked.first("if-none-match"))) {
      return new Reply.Whole(304, headers, new byte[0]);
    }
    headers.add(new Header("content-type", asset.type()));
    var accepted = asked.first("accept-encoding");
    if (accepted == null || !accepted.contains("gzip")) {
      return new Reply.Whole(200, headers, asset.body());
    }
    headers.add(new Header("content-encoding", "gzip"));
    return new Reply.Whole(200, headers, asset.gzipped());
  }

  private static String put(Map<String, Asset> all, String resource, String type) {
    var body = bytes(resource);
    var hash = hash(body);
    var dot = resource.lastIndexOf('.');
    var stem = resource.substring(resource.lastIndexOf('/') + 1, dot);
    var name = stem.replace('.', '-') + "-" + hash + resource.substring(dot);
    all.put(name, new Asset(type, '"' + hash + '"', body, gzipped(body)));
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

  private static byte[] gzipped(byte[] body) {
    var gzipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzipped)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return gzipped.toByteArray();
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
