package io.onebalance.provider;

import io.onebalance.http.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The fields of one entry, read by type. What does not fit is refused with the entry, the field,
/// what is wrong and what is allowed.
record EntryFields(String where, Map<String, Object> fields) {
  void allowOnly(Set<String> allowed) {
    for (var name : fields.keySet()) {
      if (!allowed.contains(name)) {
        throw new IllegalArgumentException(
            where + "." + name + " is not a field; allowed: " + String.join(", ", sorted(allowed)));
      }
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name)).map(value -> text(name, value));
  }

  /// The text under this name, as what `reading` makes of it.
  <T> Optional<T> read(String name, Function<String, T> reading) {
    return text(name)
        .map(text -> {
          try {
            return reading.apply(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + "." + name + " " + e.getMessage(), e);
          }
        });
  }

  List<String> texts(String name) {
    var value = fields.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw problem(name, "is not a list; allowed: [text, text]");
    }
    return list.stream().map(item -> text(name, item)).toList();
  }

  List<Header> headers(String name) {
    var found = new ArrayList<Header>();
    inner(name)
        .ifPresent(headers ->
            headers.fields().forEach((field, value) -> found.add(headers.header(field, value))));
    return found;
  }

  Optional<EntryFields> inner(String name) {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case Map<?, ?> map -> Optional.of(new EntryFields(where + "." + name, Entry.named(map)));
      default -> throw problem(name, "is not a group of fields; allowed: {name: value}");
    };
  }

  IllegalArgumentException problem(String name, String what) {
    return new IllegalArgumentException(where + "." + name + " " + what);
  }

  private Header header(String name, Object value) {
    if (!HeaderNames.isToken(name)) {
      throw problem(name, "is not a header name");
    }
    if (HeaderNames.isOurs(name)) {
      throw problem(name, "is a field that cannot be set: it belongs to the connection");
    }
    try {
      return new Header(name, text(name, value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + "." + name + ": " + e.getMessage(), e);
    }
  }

  private String text(String name, Object value) {
    return switch (value) {
      case String text when !text.isBlank() -> text;
      case Number number -> number.toString();
      default -> throw problem(name, "is not a text");
    };
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
