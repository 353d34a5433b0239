package io.onebalance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What lies in `deploy` for Prometheus and Grafana fits what the program tells.
class DeployTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ALERTS = "deploy/prometheus/alerts.yaml";
  private static final Pattern ROW =
      Pattern.compile("^\\| `(onebalance_\\w+)` \\|", Pattern.MULTILINE);
  private static final Pattern RULE =
      Pattern.compile("expr: (?:>-\\n)?(.*?)\\n +(?:for|labels):", Pattern.DOTALL);

  /// What a server of Prometheus adds to every series.
  private static final Set<String> ADDED = Set.of("job", "instance");

  @Test
  void dashboard_and_rules_name_only_metrics_and_labels_that_are_told() {
    var told = samples();
    var names = new HashSet<String>();
    told.forEach(sample -> names.add(sample.name()));
    var queries = Stream.concat(Dashboard.queries().stream(), rules().stream()).toList();
    assertThat(queries).hasSizeGreaterThan(35);
    for (var expression : queries) {
      var query = Query.of(expression);
      assertThat(names).as(expression).containsAll(query.metrics());
      var labels = new HashSet<>(ADDED);
      told.stream()
          .filter(sample -> query.metrics().contains(sample.name()))
          .forEach(sample -> labels.addAll(sample.labels().keySet()));
      assertThat(labels).as(expression).containsAll(query.labels());
    }
  }

  @Test
  void the_dashboard_shows_each_of_our_metrics() {
    var shown = new TreeSet<String>();
    Dashboard.queries().forEach(expression -> shown.addAll(Query.of(expression).metrics()));
    assertThat(ours()).allMatch(name -> shown.stream().anyMatch(metric -> metric.startsWith(name)));
  }

  @Test
  void the_readme_lists_each_of_our_metrics() {
    var rows = ROW.matcher(text("deploy/README.md")).results().map(row -> row.group(1)).toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(ours());
  }

  /// Each query is asked of series as they are told, and has to find some of them.
  @Test
  void prometheus_answers_each_query_of_the_dashboard(@TempDir Path dir) throws IOException {
    var test = JSON.createObjectNode();
    var one = test.putArray("tests").addObject();
    one.put("interval", "1m");
    var series = one.putArray("input_series");
    samples()
        .forEach(
            sample -> series.addObject().put("series", series(sample)).put("values", "1+1x30"));
    var asked = one.putArray("promql_expr_test");
    for (var expression : Dashboard.queries()) {
      var question = asked.addObject();
      question.put("expr", "count(" + expression + ") > bool 0");
      question.put("eval_time", "25m");
      question.putArray("exp_samples").addObject().put("labels", "{}").put("value", 1);
    }
    var file = Files.writeString(dir.resolve("queries.yaml"), test.toString());
    check("promtool", "test", "rules", file.toString());
  }

  @Test
  void promtool_takes_the_rules() {
    check("promtool", "check", "rules", ALERTS);
  }

  @Test
  void the_rules_tell_what_they_are_for() {
    check("promtool", "test", "rules", "src/test/resources/deploy/alerts-test.yaml");
  }

  @Test
  void prometheus_takes_the_scrape_as_it_is(@TempDir Path dir) throws IOException {
    var config = "scrape_configs:\n" + text("deploy/prometheus/scrape.yaml").indent(2);
    var file = Files.writeString(dir.resolve("prometheus.yml"), config);
    check("promtool", "check", "config", "--syntax-only", file.toString());
  }

  private static void check(String... command) {
    var run = Tool.run("", command);
    assertThat(run.code()).as(run.said()).isZero();
  }

  private static List<String> rules() {
    return RULE.matcher(text(ALERTS)).results().map(rule -> rule.group(1)).toList();
  }

  private static Set<String> ours() {
    var ours = new TreeSet<>(ExpositionText.parse(Everything.text("")).keySet());
    ours.removeIf(name -> !name.startsWith("onebalance_"));
    return ours;
  }

  private static List<ExpositionText.Sample> samples() {
    return ExpositionText.parse(Everything.text("")).values().stream()
        .flatMap(family -> family.samples().stream())
        .toList();
  }

  private static String series(ExpositionText.Sample sample) {
    var labels = JSON.createObjectNode();
    sample.labels().forEach(labels::put);
    return sample.name() + labels.toString().replaceAll("\"(\\w+)\":", "$1=");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
