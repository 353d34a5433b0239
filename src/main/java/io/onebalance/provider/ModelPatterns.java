package io.onebalance.provider;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names of models, in which `*` stands for anything.
record ModelPatterns(List<String> written, Pattern pattern) {
  static ModelPatterns of(List<String> written) {
    var pattern = written.stream().map(ModelPatterns::regex).collect(Collectors.joining("|"));
    return new ModelPatterns(List.copyOf(written), Pattern.compile(pattern));
  }

  boolean fit(String model) {
    return !written.isEmpty() && pattern.matcher(model).matches();
  }

  private static String regex(String name) {
    return List.of(name.split("\\*", -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }
}
