package io.onebalance.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The opening of a WebSocket over HTTP/1.1 (RFC 6455, section 4): how it is asked for and
/// answered.
public final class Handshake {
  public static final String KEY = "sec-websocket-key";
  public static final String VERSION = "sec-websocket-version";
  public static final String PROTOCOL = "sec-websocket-protocol";
  public static final String ACCEPT = "sec-websocket-accept";
  public static final String EXTENSIONS = "sec-websocket-extensions";

  /// The only version there is.
  public static final String CURRENT = "13";

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /// 16 bytes in base64.
  private static final int KEY_LENGTH = 24;

  private Handshake() {}

  /// Whether a request asks for a WebSocket.
  public static boolean isAsked(String method, Fields request) {
    return method.equals("GET")
        && names(request.first("upgrade"), "websocket")
        && names(request.first("connection"), "upgrade");
  }

  /// What is wrong with a request for a WebSocket; it is to be answered with 400.
  public static Optional<String> objection(Fields request) {
    if (!CURRENT.equals(request.first(VERSION))) {
      return Optional.of("Sec-WebSocket-Version is not " + CURRENT + ".");
    }
    var key = request.first(KEY);
    if (key == null || key.strip().length() != KEY_LENGTH) {
      return Optional.of("Sec-WebSocket-Key is missing, or no key.");
    }
    var length = request.first("content-length");
    return request.first("transfer-encoding") != null || (length != null && !length.equals("0"))
        ? Optional.of("A request for a WebSocket has no body.")
        : Optional.empty();
  }

  /// Whether an answer of status 101 accepts the WebSocket that was asked for with this key, and
  /// without an extension.
  public static boolean isAccepted(@Nullable String key, Fields answer) {
    return key != null
        && names(answer.first("upgrade"), "websocket")
        && names(answer.first("connection"), "upgrade")
        && answer.first(EXTENSIONS) == null
        && accept(key).equals(answer.first(ACCEPT));
  }

  /// The answer to a key.
  public static String accept(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-1").digest((key.strip() + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }

  private static boolean names(@Nullable String list, String word) {
    if (list == null) {
      return false;
    }
    for (var item : list.split(",", -1)) {
      if (item.strip().equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }
}
