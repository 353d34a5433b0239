package io.onebalance.console.web;

import io.onebalance.console.session.Session;

/// Who visits.
public sealed interface Caller {
  /// Nobody we know.
  record Stranger() implements Caller {}

  /// A script with an unrestricted gateway key, by its masked name.
  record Script(String name) implements Caller {}

  /// A person who signed in.
  record Person(Session session) implements Caller {}

  /// The name for the audit log.
  default String actor() {
    return switch (this) {
      case Stranger() -> "nobody";
      case Script(var name) -> "key " + name;
      case Person(var session) -> session.actor();
    };
  }
}
