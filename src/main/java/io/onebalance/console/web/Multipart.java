package io.onebalance.console.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Forms as `multipart/form-data` (RFC 7578), read from a body that is held whole. File parts count
/// as text under their field's name: a file of keys is as good as a field of keys.
public final class Multipart {
  private static final int MOST_PARTS = 1_000;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("[;\\s]name=(?:\"([^\"]*)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);

  private Multipart() {}

  public static Params read(String contentType, byte[] body) {
    // Latin-1 keeps every byte as one character, so that positions are those of the bytes.
    var text = new String(body, StandardCharsets.ISO_8859_1);
    var mark = "--" + boundary(contentType);
    var found = new ArrayList<Params.Param>();
    for (var at = opening(text, mark); !text.startsWith("--", at); ) {
      var end = text.indexOf("\r\n" + mark, at);
      if (end < 0 || found.size() == MOST_PARTS) {
        throw Refusal.invalid("the multipart body does not end, or has too many parts");
      }
      found.add(part(text.substring(at, end)));
      at = end + 2 + mark.length();
    }
    return new Params(List.copyOf(found));
  }

  private static String boundary(String contentType) {
    var found = BOUNDARY.matcher(contentType);
    if (!found.find()) {
      throw Refusal.invalid("the multipart content type names no boundary");
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private static int opening(String text, String mark) {
    var at = text.indexOf(mark);
    if (at < 0) {
      throw Refusal.invalid("the multipart body does not begin with its boundary");
    }
    return at + mark.length();
  }

  private static Params.Param part(String part) {
    var blank = part.indexOf("\r\n\r\n");
    if (blank < 0) {
      throw Refusal.invalid("a part of the multipart body has no end of its header");
    }
    var name = name(part.substring(0, blank));
    return new Params.Param(utf8(name), utf8(part.substring(blank + 4)));
  }

  private static String name(String header) {
    for (var line : header.split("\r\n", -1)) {
      var found = NAME.matcher(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:") && found.find()) {
        return found.group(1) == null ? found.group(2) : found.group(1);
      }
    }
    throw Refusal.invalid("a part of the multipart body has no name");
  }

  private static String utf8(String latin1) {
    return Percent.utf8(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }
}
