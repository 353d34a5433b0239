package io.onebalance.program.tell;

import io.onebalance.console.live.KeyWatch;
import io.onebalance.console.live.Live;
import io.onebalance.console.live.Trends;
import io.onebalance.program.ground.Ground;
import io.onebalance.program.ground.InForce;
import io.onebalance.settings.Settings;
import io.onebalance.trace.Target;
import io.onebalance.trace.Traces;
import java.util.Optional;

/// Those who tell people what happens to keys and requests: the log, the console, alerts, metrics
/// and traces. They hear of it from the pools and from the ledger.
public record Reporters(
    Live live, Pulse pulse, Alarms alarms, Metering metering, Optional<Traces> traces) {

  public static Reporters of(Ground ground, InForce inForce, Alarms alarms, Readings readings) {
    var stored = ground.stored();
    var clock = ground.clock();
    var secrets = new KnownSecrets(stored.pools(), () -> inForce.snapshot().grants(), clock);
    var door =
        new MetricsDesk.Door(
            () -> inForce.settings().listener().metricsOpen(),
            () -> inForce.snapshot().grants(),
            clock);
    var live = new Live(stored.pools(), new KeyWatch(), new Trends());
    var reporters =
        new Reporters(
            live,
            new Pulse(stored.pools(), live, clock),
            alarms,
            new Metering(readings, secrets, door),
            inForce.settings().tracing().map(Reporters::traces));
    reporters.listen(ground, new Discretion(secrets));
    return reporters;
  }

  private void listen(Ground ground, Discretion discretion) {
    ground.news().tell(new KeyLog());
    ground.news().tell(live.watch());
    ground.news().tell(alarms::heard);
    var written = ground.stored().written();
    written.tell(alarms::heard);
    written.tell(metering::heard);
    traces.ifPresent(to -> written.tell(entries -> to.heard(discretion.of(entries))));
  }

  private static Traces traces(Settings.Tracing tracing) {
    return new Traces(new Target(tracing.endpoint(), tracing.headers(), tracing.share()));
  }

  public void begin() {
    alarms.begin();
    pulse.begin();
  }

  /// Lets those go who follow events.
  public void leave() {
    live.watch().end();
  }

  /// Looks no more; what the store still tells is heard.
  public void rest() {
    alarms.close();
    pulse.close();
    leave();
  }

  /// Sends what is left, after the store told the last.
  public void end() {
    traces.ifPresent(Traces::close);
  }
}
