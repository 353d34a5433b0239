package io.onebalance.sandbox.gemini;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Multipart;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.Stored;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/// Gemini's files: uploaded in one go or resumably, listed, read, deleted. Addresses are given
/// without the mount's prefix: Google's Java SDK puts their path behind its own base URL.
final class GeminiFiles {
  private static final String FILE =
      """
      {
        "name": $,
        "displayName": $,
        "mimeType": $,
        "sizeBytes": "$",
        "createTime": "$",
        "updateTime": "$",
        "expirationTime": "$",
        "sha256Hash": "$",
        "uri": $,
        "state": "ACTIVE",
        "source": "UPLOADED"
      }
      """;

  private GeminiFiles() {}

  static Reply answer(Ask ask) {
    if (ask.path().startsWith("/upload/")) {
      return upload(ask);
    }
    var name = ask.path().substring(1);
    if (name.equals("files")) {
      return listed(ask);
    }
    var found = ask.stored().find(name, ask.key());
    if (found.isEmpty()) {
      return GoogleErrors.plain(
          403,
          "PERMISSION_DENIED",
          "You do not have permission to access the File %s or it may not exist."
              .formatted(name.substring("files/".length())));
    }
    if (ask.heard().method().equals("DELETE")) {
      ask.stored().remove(name, ask.key());
      return Reply.json(200, "{}\n");
    }
    return Reply.json(200, found.get().json());
  }

  private static Reply upload(Ask ask) {
    var upload = ask.query("upload_id");
    if (!upload.isEmpty()) {
      return continued(ask, upload);
    }
    return ask.heard().header("x-goog-upload-command", "").contains("start")
        ? started(ask)
        : atOnce(ask);
  }

  /// The first step of a resumable upload: where to send the bytes. That address needs no key.
  private static Reply started(Ask ask) {
    var id = ask.id("upload-");
    var about = ask.body().path("file");
    var type = ask.heard().header("x-goog-upload-header-content-type", "application/octet-stream");
    var name = about.path("displayName").asString(about.path("display_name").asString(""));
    var notes = Json.quoted(name) + "\n" + Json.quoted(type);
    ask.stored().put(new Stored.Thing(id, "upload", ask.key(), notes, new byte[0]));
    var url =
        "http://%s/upload/v1beta/files?upload_id=%s&upload_protocol=resumable"
            .formatted(host(ask), id);
    return Reply.json(200, "")
        .with(
            Map.of(
                "x-goog-upload-url",
                url,
                "x-goog-upload-control-url",
                url,
                "x-goog-upload-chunk-granularity",
                "262144",
                "x-goog-upload-status",
                "active"));
  }

  private static Reply continued(Ask ask, String upload) {
    var found = ask.stored().find(upload);
    if (found.isEmpty()) {
      return GoogleErrors.plain(404, "NOT_FOUND", "Upload has already been terminated.");
    }
    var begun = found.get();
    var content = joined(begun.content(), ask.heard().body());
    var grown = new Stored.Thing(upload, "upload", begun.key(), begun.json(), content);
    ask.stored().put(grown);
    if (!ask.heard().header("x-goog-upload-command", "").contains("finalize")) {
      return Reply.json(200, "").with("x-goog-upload-status", "active");
    }
    ask.stored().remove(upload, begun.key());
    var notes = begun.json().split("\n", 2);
    return kept(ask, begun.key(), new Content(notes[0], notes[1], content))
        .with("x-goog-upload-status", "final");
  }

  /// `uploadType=media` or multipart: everything in one request.
  private static Reply atOnce(Ask ask) {
    var parts = Multipart.parts(ask.heard()).toList();
    var type = ask.heard().header("content-type", "application/octet-stream");
    var content =
        parts.size() < 2
            ? new Content("\"\"", Json.quoted(type), ask.heard().body())
            : new Content(
                Json.quoted(
                    Json.read(parts.getFirst().body())
                        .path("file")
                        .path("displayName")
                        .asString("")),
                Json.quoted(parts.getLast().type()),
                parts.getLast().body());
    return kept(ask, ask.key(), content);
  }

  /// A file's name for people and its type, both as JSON strings, and its bytes.
  private record Content(String name, String type, byte[] bytes) {}

  private static Reply kept(Ask ask, String key, Content content) {
    var name = ask.id("files/");
    var uri = "http://%s/v1beta/%s".formatted(host(ask), name);
    var json =
        Json.filled(
            FILE,
            Json.quoted(name),
            content.name(),
            content.type(),
            content.bytes().length,
            ask.now(),
            ask.now(),
            ask.now().plus(Duration.ofDays(2)),
            hash(content.bytes()),
            Json.quoted(uri));
    ask.stored().put(new Stored.Thing(name, "files", key, json, content.bytes()));
    return Reply.json(200, "{\n\"file\": " + json + "}\n");
  }

  private static Reply listed(Ask ask) {
    var files =
        ask.stored().all("files", ask.key()).stream()
            .map(Stored.Thing::json)
            .collect(Collectors.joining(","));
    return Reply.json(200, files.isEmpty() ? "{}\n" : "{\n\"files\": [" + files + "]\n}\n");
  }

  private static String host(Ask ask) {
    return ask.heard().header("host", "127.0.0.1");
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /// Base64 of the hexadecimal digest, as Google writes it.
  private static String hash(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      var hex = HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(hex);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
