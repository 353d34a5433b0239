package io.onebalance.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// The metrics and the labels that a PromQL expression names.
record Query(Set<String> metrics, Set<String> labels) {
  private static final Pattern METRIC = Pattern.compile("\\b(?:onebalance|jvm|process)_[a-z0-9_]+");
  private static final Pattern MATCHER = Pattern.compile("[{,]\\s*([a-z_]+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");

  static Query of(String expression) {
    var metrics = new HashSet<String>();
    METRIC.matcher(expression).results().forEach(found -> metrics.add(found.group()));
    var labels = new HashSet<String>();
    MATCHER.matcher(expression).results().forEach(found -> labels.add(found.group(1)));
    GROUPED
        .matcher(expression)
        .results()
        .flatMap(found -> Pattern.compile(",\\s*").splitAsStream(found.group(1)))
        .forEach(labels::add);
    return new Query(metrics, labels);
  }
}
