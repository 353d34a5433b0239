package io.onebalance.console.web;

import io.onebalance.server.Visit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a body says it is.
public enum BodyType {
  JSON,
  URLENCODED,
  MULTIPART,
  TEXT,
  OTHER;

  /// A body without a content type counts as text.
  public static BodyType of(Visit visit) {
    return switch (bare(visit.headers().first("content-type"))) {
      case "application/json" -> JSON;
      case "application/x-www-form-urlencoded" -> URLENCODED;
      case "multipart/form-data" -> MULTIPART;
      case "text/plain", "" -> TEXT;
      // Content types are an open list of names.
      default -> OTHER;
    };
  }

  /// The fields of a form, in either of its two shapes.
  public static Params form(Visit visit) {
    return switch (of(visit)) {
      case URLENCODED -> Params.parse(Percent.utf8(visit.body()));
      case MULTIPART -> Multipart.read(given(visit), visit.body());
      case JSON, TEXT, OTHER ->
          throw Refusal.wrongType(
              "a form is expected: application/x-www-form-urlencoded or multipart/form-data");
    };
  }

  private static String given(Visit visit) {
    var type = visit.headers().first("content-type");
    return type == null ? "" : type;
  }

  private static String bare(@Nullable String contentType) {
    return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
