package io.onebalance.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What stands behind the `=` of a definition: groups, each a provider and its models. Issued keys
/// have the same, where `*` stands for everything: it must never be meant by leaving it out.
public final class Permissions {
  /// Everything, the console and the key API included.
  public static final String ALL = "*";

  private static final String MODELS_PREFIX = "models/";

  private final UnaryOperator<String> canonicalProvider;

  private Permissions(UnaryOperator<String> canonicalProvider) {
    this.canonicalProvider = canonicalProvider;
  }

  /// What an issued key may do. Fails with [IllegalArgumentException] that says what is wrong.
  public static List<Group> ofIssued(String text, UnaryOperator<String> canonicalProvider) {
    if (text.strip().equals(ALL)) {
      return List.of();
    }
    if (text.contains(ALL)) {
      throw new IllegalArgumentException("has a '*' beside other words; alone it means everything");
    }
    return groups(text.strip(), canonicalProvider);
  }

  /// The text that [#ofIssued] reads.
  public static String text(List<Group> groups) {
    return groups.isEmpty()
        ? ALL
        : groups.stream().map(Permissions::text).collect(Collectors.joining("&"));
  }

  private static String text(Group group) {
    return Stream.concat(Stream.of(group.provider()), new TreeSet<>(group.models()).stream())
        .collect(Collectors.joining(","));
  }

  /// Fails with [IllegalArgumentException] that says what is wrong.
  static List<Group> groups(String text, UnaryOperator<String> canonicalProvider) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("grants nothing");
    }
    if (text.indexOf('=') >= 0) {
      throw new IllegalArgumentException("has a second '='; a key may not hold one");
    }
    var reading = new Permissions(canonicalProvider);
    var groups = new ArrayList<Group>();
    for (var group : text.split("&", -1)) {
      groups.add(reading.group(group.strip()));
    }
    return groups;
  }

  private Group group(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "has an empty group; allowed: provider, or provider,model, or ,model");
    }
    var names = text.split(",", -1);
    var models = new LinkedHashSet<String>();
    for (var i = 1; i < names.length; i++) {
      models.add(model(names[i].strip()));
    }
    return new Group(provider(names[0].strip()), models);
  }

  private String provider(String name) {
    return name.isEmpty() ? "" : canonicalProvider.apply(name.toLowerCase(Locale.ROOT));
  }

  /// Gemini's own spelling `models/x` means the model `x`.
  private static String model(String name) {
    var bare = name.startsWith(MODELS_PREFIX) ? name.substring(MODELS_PREFIX.length()) : name;
    if (bare.isEmpty()) {
      throw new IllegalArgumentException("has an empty model name after a ','");
    }
    return bare;
  }
}
