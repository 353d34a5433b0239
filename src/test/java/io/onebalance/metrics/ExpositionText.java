package io.onebalance.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Prometheus' text format 0.0.4, read strictly: HELP and TYPE stand before the samples, a family
/// is in one piece, no series comes twice, counters end in `_total`, histograms add up.
public final class ExpositionText {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  /// One line of numbers.
  public record Sample(String name, Map<String, String> labels, double value) {}

  /// A metric and its samples.
  public record Family(String name, String type, List<Sample> samples) {}

  private final Map<String, Family> families = new LinkedHashMap<>();
  private final Set<String> helped = new HashSet<>();
  private final Set<String> series = new HashSet<>();
  private Family current = new Family("", "", new ArrayList<>());

  private ExpositionText() {}

  public static Map<String, Family> parse(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line does not end");
    }
    var reader = new ExpositionText();
    text.lines().forEach(reader::line);
    reader.families.values().stream()
        .filter(family -> family.type().equals("histogram"))
        .forEach(ExpositionText::addsUp);
    return reader.families;
  }

  /// The value of the one series with these labels, given as name, value, name, value ….
  public static double value(Map<String, Family> families, String name, String... labels) {
    var wanted = pairs(labels);
    return families.values().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + wanted))
        .value();
  }

  /// The sum of all series that have these labels among theirs, given in the same way; 0 without
  /// one.
  public static double sum(Map<String, Family> families, String name, String... labels) {
    var wanted = pairs(labels);
    return families.values().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> sample.labels().entrySet().containsAll(wanted.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }

  private static Map<String, String> pairs(String... labels) {
    var pairs = new TreeMap<String, String>();
    for (var at = 0; at < labels.length; at += 2) {
      pairs.put(labels[at], labels[at + 1]);
    }
    return pairs;
  }

  /// The samples of one metric.
  static List<Sample> samples(Map<String, Family> families, String name) {
    var family = families.get(name);
    if (family == null) {
      throw new AssertionError("no " + name);
    }
    return family.samples();
  }

  private void line(String line) {
    if (line.startsWith("# HELP ")) {
      helped.add(matched(HELP, line).group(1));
    } else if (line.startsWith("#")) {
      begin(matched(TYPE, line));
    } else {
      add(matched(SAMPLE, line));
    }
  }

  private void begin(Matcher type) {
    var name = type.group(1);
    current = new Family(name, type.group(2), new ArrayList<>());
    require(helped.contains(name), "no help for " + name);
    require(families.put(name, current) == null, name + " comes twice");
    require(
        type.group(2).equals("counter") == name.endsWith("_total"),
        name + " is a " + type.group(2));
  }

  private void add(Matcher line) {
    var labels = labels(Objects.requireNonNullElse(line.group(2), ""));
    var sample = new Sample(line.group(1), labels, number(line.group(3)));
    require(belongs(sample.name()), sample.name() + " is not of " + current.name());
    require(series.add(sample.name() + labels), "a series comes twice: " + line.group());
    current.samples().add(sample);
  }

  private boolean belongs(String name) {
    var tail = name.startsWith(current.name()) ? name.substring(current.name().length()) : "?";
    return switch (current.type()) {
      case "histogram" -> Set.of("_bucket", "_count", "_sum").contains(tail);
      case "summary" -> Set.of("", "_count", "_sum").contains(tail);
      default -> tail.isEmpty(); // counter and gauge; the pattern knows no other
    };
  }

  private static Map<String, String> labels(String text) {
    var labels = new TreeMap<String, String>();
    var label = LABEL.matcher(text);
    var at = 0;
    while (at < text.length()) {
      require(label.find(at) && label.start() == at, "labels are " + text);
      require(labels.put(label.group(1), label.group(2)) == null, "a label comes twice: " + text);
      at = label.end();
    }
    return labels;
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static void addsUp(Family histogram) {
    var steps = new TreeMap<String, TreeMap<Double, Double>>();
    for (var sample : histogram.samples()) {
      var of = new TreeMap<>(sample.labels());
      var bound = of.remove("le");
      if (sample.name().endsWith("_bucket")) {
        steps
            .computeIfAbsent(of.toString(), _ -> new TreeMap<>())
            .put(number(String.valueOf(bound)), sample.value());
      }
    }
    for (var sample : histogram.samples()) {
      if (sample.name().endsWith("_count")) {
        var counts = steps.getOrDefault(sample.labels().toString(), new TreeMap<>());
        require(
            Double.valueOf(sample.value()).equals(counts.get(Double.POSITIVE_INFINITY)),
            "the last step is not the count: " + sample);
        require(
            counts.values().stream().sorted().toList().equals(List.copyOf(counts.values())),
            "the steps do not grow: " + counts);
      }
    }
  }

  private static Matcher matched(Pattern pattern, String line) {
    var matcher = pattern.matcher(line);
    require(matcher.matches(), "not understood: " + line);
    return matcher;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
