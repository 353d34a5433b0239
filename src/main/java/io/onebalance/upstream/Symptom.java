package io.onebalance.upstream;

import io.vertx.core.VertxException;
import java.io.IOException;

/// What went wrong on a connection, in words that may be shown. What a decoder says quotes the
/// bytes that it could not read, and those may hold a key (S26): of such trouble only the kind is
/// told.
public final class Symptom {
  private Symptom() {}

  public static String of(Throwable failure) {
    var kind = failure.getClass().getSimpleName();
    var message = failure.getMessage();
    var isOfTheConnection = failure instanceof IOException || failure instanceof VertxException;
    return isOfTheConnection && message != null ? kind + ": " + message : kind;
  }
}
