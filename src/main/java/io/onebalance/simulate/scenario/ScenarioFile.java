package io.onebalance.simulate.scenario;

import io.onebalance.settings.file.FileTrouble;
import io.onebalance.settings.file.YamlFile;
import io.onebalance.simulate.scenario.Scenario.Cluster;
import io.onebalance.simulate.scenario.Scenario.Demand;
import io.onebalance.simulate.scenario.Scenario.Pretended;
import io.onebalance.simulate.scenario.Scenario.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads a scenario from YAML and checks it. What is left out has a usual value.
public final class ScenarioFile {
  private static final Instant USUAL_START = Instant.parse("2026-01-05T00:00:00Z");
  private static final long HOUR = 3_600_000;
  private static final long LONGEST = 366 * 24 * HOUR;
  private static final int MOST_INSTANCES = 64;

  private ScenarioFile() {}

  public static Scenario read(String text) throws BadScenario {
    return read(text, true);
  }

  /// A load may be missing where the requests come from elsewhere.
  public static Scenario read(String text, boolean needsLoad) throws BadScenario {
    try {
      return read(new Fields("", YamlFile.read(text)), needsLoad);
    } catch (FileTrouble trouble) {
      throw new BadScenario(trouble.line(), String.valueOf(trouble.getMessage()));
    }
  }

  private static Scenario read(Fields fields, boolean needsLoad) throws BadScenario {
    var title = fields.get("title", Kind.TEXT, "a scenario");
    var timing = timing(fields);
    var sizes = fields.map("tokens");
    var input = sizes.isEmpty() ? Spread.of(1000) : spread(sizes.get(), "input", Kind.number(1e7));
    var output = sizes.isEmpty() ? Spread.of(300) : spread(sizes.get(), "output", Kind.number(1e6));
    if (sizes.isPresent()) {
      sizes.get().end();
    }
    var keys = new KeysReader(fields).read();
    var loads = new LoadReader(keys, input.mean(), output.mean()).read(fields, timing.duration());
    if (loads.isEmpty() && needsLoad) {
      throw new BadScenario(fields.line(), "'load' is missing; allowed: a list of {rate: 300/m}");
    }
    var gatewayKeys = fields.get("gateway-keys", Kind.whole(1, 10_000), 1L).intValue();
    var pretended = pretended(fields);
    var cluster = cluster(fields);
    var seed = fields.get("seed", Kind.whole(0, Long.MAX_VALUE), 1L);
    fields.end();
    var demand = new Demand(loads, input, output, gatewayKeys);
    return new Scenario(title, timing, pretended, keys, demand, cluster, seed);
  }

  private static Timing timing(Fields fields) throws BadScenario {
    var start = fields.get("start", Kind.MOMENT, USUAL_START).toEpochMilli();
    var duration = fields.get("duration", Kind.LENGTH_OF_TIME, 24 * HOUR);
    if (duration < 1000 || duration > LONGEST) {
      throw new BadScenario(fields.line(), "'duration' must be from 1s to 366d");
    }
    return new Timing(start, duration, fields.get("wait", Kind.LENGTH_OF_TIME, 10_000L));
  }

  private static Pretended pretended(Fields fields) throws BadScenario {
    var slug = fields.get("provider", Kind.TEXT, "google-ai-studio");
    var tells = fields.get("tells", Kind.word(Telling.class), Telling.GEMINI);
    var latency = fields.map("latency");
    var first = new Spread(800, 5_000, 60_000);
    var rest = new Spread(2_000, 15_000, 300_000);
    if (latency.isPresent()) {
      first = spread(latency.get(), "first", Kind.LENGTH_OF_TIME, first);
      rest = spread(latency.get(), "rest", Kind.LENGTH_OF_TIME, rest);
      latency.get().end();
    }
    return new Pretended(slug, tells, first, rest, faults(fields));
  }

  private static List<Fault> faults(Fields fields) throws BadScenario {
    var faults = new ArrayList<Fault>();
    for (var one : fields.maps("faults")) {
      faults.add(fault(one));
      one.end();
    }
    return faults;
  }

  private static Fault fault(Fields one) throws BadScenario {
    var answer = one.get("answer", Kind.word(Trouble.class), Trouble.OVERLOADED);
    var retryAfter = one.find("retry-after", Kind.LENGTH_OF_TIME).map(Duration::ofMillis);
    if (retryAfter.isPresent() && !answer.tellsTime()) {
      throw one.wrong(one.line(), "'retry-after' is told by overloaded and limited only");
    }
    var from = one.need("from", Kind.LENGTH_OF_TIME);
    var lasts = one.need("lasts", Kind.LENGTH_OF_TIME);
    return new Fault(answer, retryAfter, from, lasts, one.get("share", Kind.SHARE, 1.0));
  }

  private static Cluster cluster(Fields fields) throws BadScenario {
    var instances = fields.get("instances", Kind.whole(1, MOST_INSTANCES), 1L).intValue();
    return new Cluster(instances, fields.get("exchange", Kind.LENGTH_OF_TIME, 0L));
  }

  private static Spread spread(Fields fields, String name, Kind<Double> kind) throws BadScenario {
    return spread(fields, name, kind, Spread.of(0));
  }

  /// One amount, or `{median, p99, most}`.
  private static <N extends Number> Spread spread(
      Fields fields, String name, Kind<N> kind, Spread usual) throws BadScenario {
    if (!fields.isMap(name)) {
      var always = fields.find(name, kind);
      return always.isEmpty() ? usual : Spread.of(always.get().doubleValue());
    }
    var spread = fields.map(name).orElseThrow();
    var median = spread.need("median", kind).doubleValue();
    var p99 = spread.find("p99", kind).map(Number::doubleValue).orElse(median);
    var most = spread.find("most", kind).map(Number::doubleValue).orElse(1e9);
    if (p99 < median || most < median) {
      throw spread.wrong(spread.line(), "'median' must not be above 'p99' and 'most'");
    }
    spread.end();
    return new Spread(median, p99, most);
  }
}
