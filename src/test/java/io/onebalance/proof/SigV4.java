package io.onebalance.proof;

import io.onebalance.wire.Message;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS' side of a signature, after its documentation alone: recomputes it from a request as it came
/// over the wire.
public final class SigV4 {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

  /// What a request says of its signature, and whether that is the right one.
  public record Claim(
      String id, String region, String service, String signedHeaders, boolean right) {}

  private SigV4() {}

  /// Reads the claim of a request that was meant for this host and target, which are AWS' own.
  public static Claim verify(Message request, String host, String target, String secret) {
    var found = AUTHORIZATION.matcher(request.field("authorization"));
    if (!found.matches()) {
      throw new AssertionError("no signature: " + request.field("authorization"));
    }
    var names = found.group(5).split(";", -1);
    var canonical = canonical(request, names, host, target);
    var scope = String.join("/", found.group(2), found.group(3), found.group(4), "aws4_request");
    var text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            request.field("x-amz-date"),
            scope,
            hex(sha(canonical.getBytes(StandardCharsets.UTF_8))));
    var key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (var part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    var right =
        hex(hmac(key, text)).equals(found.group(6))
            && request.field("x-amz-date").startsWith(found.group(2))
            && Arrays.asList(names).contains("host");
    return new Claim(found.group(1), found.group(3), found.group(4), found.group(5), right);
  }

  private static String canonical(Message request, String[] names, String host, String target) {
    var mark = target.indexOf('?');
    var fields = new StringBuilder();
    for (var name : names) {
      var value = name.equals("host") ? host : request.field(name);
      fields.append(name).append(':').append(value.strip().replaceAll(" +", " ")).append('\n');
    }
    return String.join(
        "\n",
        request.start().split(" ", -1)[0],
        path(mark < 0 ? target : target.substring(0, mark)),
        query(mark < 0 ? "" : target.substring(mark + 1)),
        fields,
        String.join(";", names),
        hex(sha(request.body())));
  }

  /// Each segment of the path as it was sent is encoded once more; empty ones are left out.
  private static String path(String raw) {
    return String.join(
        "/", Arrays.stream(raw.replaceAll("/+", "/").split("/", -1)).map(SigV4::encoded).toList());
  }

  private static String query(String raw) {
    var parameters = new ArrayList<String>();
    for (var parameter : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      var sign = parameter.indexOf('=');
      var name = sign < 0 ? parameter : parameter.substring(0, sign);
      var value = sign < 0 ? "" : parameter.substring(sign + 1);
      parameters.add(encoded(decoded(name)) + "=" + encoded(decoded(value)));
    }
    parameters.sort(null);
    return String.join("&", parameters);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    var bytes = new ByteArrayOutputStream();
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (b & 0xff);
      var plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
      bytes.writeBytes(
          (plain ? "" + c : "%" + hex(new byte[] {b}).toUpperCase(Locale.ROOT))
              .getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
