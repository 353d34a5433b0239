package io.onebalance.chat;

import java.util.Optional;

/// Where the bytes of a picture, sound or document are.
public sealed interface Source {
  /// `data` is base64, in the standard alphabet.
  record Inline(String mediaType, String data) implements Source {
    @Override
    public String toString() {
      return mediaType + ", " + data.length() + " characters of base64";
    }
  }

  /// An address that somebody has to fetch. `mediaType` where it was told.
  record Link(String url, Optional<String> mediaType) implements Source {}

  /// A file that was uploaded to the provider before.
  record Uploaded(String id) implements Source {}
}
