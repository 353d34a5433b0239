package io.onebalance.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The parameters of a query or a form, in order, names may repeat.
public record Params(List<Param> all) {
  /// More than any form of ours has; a page of keys to act on is far below it.
  private static final int MOST = 20_000;

  /// One name and its value, decoded.
  public record Param(String name, String value) {}

  public Params {
    all = List.copyOf(all);
  }

  /// Reads `a=1&b=2`, percent-encoded, a plus being a space.
  public static Params parse(String text) {
    var found = new ArrayList<Param>();
    for (var start = 0; start < text.length(); ) {
      var end = text.indexOf('&', start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        found.add(param(text.substring(start, end)));
      }
      if (found.size() > MOST) {
        throw Refusal.invalid("more than " + MOST + " parameters");
      }
      start = end + 1;
    }
    return new Params(found);
  }

  private static Param param(String text) {
    var equals = text.indexOf('=');
    return equals < 0
        ? new Param(Percent.decode(text, true), "")
        : new Param(
            Percent.decode(text.substring(0, equals), true),
            Percent.decode(text.substring(equals + 1), true));
  }

  public Optional<String> first(String name) {
    return all.stream().filter(param -> param.name().equals(name)).map(Param::value).findFirst();
  }

  /// The first value, or an empty text where there is none.
  public String text(String name) {
    return first(name).orElse("");
  }

  public List<String> every(String name) {
    return all.stream().filter(param -> param.name().equals(name)).map(Param::value).toList();
  }

  /// Refuses names that nobody asked for: a mistyped filter must not quietly mean "everything".
  public Params only(Set<String> allowed) {
    for (var param : all) {
      if (!allowed.contains(param.name())) {
        throw Refusal.invalid(
            "unknown parameter '%s'; allowed: %s"
                .formatted(Shown.brief(param.name()), Shown.list(allowed)));
      }
    }
    return this;
  }
}
