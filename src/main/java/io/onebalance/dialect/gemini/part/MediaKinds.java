package io.onebalance.dialect.gemini.part;

import io.onebalance.chat.Part.Kind;

/// What a media type is of.
public final class MediaKinds {
  private MediaKinds() {}

  public static Kind of(String mediaType) {
    if (mediaType.startsWith("image/")) {
      return Kind.IMAGE;
    }
    if (mediaType.startsWith("audio/")) {
      return Kind.AUDIO;
    }
    return mediaType.startsWith("video/") ? Kind.VIDEO : Kind.DOCUMENT;
  }
}
