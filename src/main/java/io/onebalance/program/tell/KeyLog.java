package io.onebalance.program.tell;

import io.onebalance.key.Cooling;
import io.onebalance.key.event.Cause;
import io.onebalance.key.event.KeyEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes to the log what happens to keys, in plain words; in JSON with provider, key and request
/// as values of their own too. What is over soon is told at `debug` alone: short rests are the
/// daily bread of a busy pool, and whether a doubt was right is known when its request ends; one
/// client with a poisoned request would fill the log with doubts. So is what another instance
/// learnt: that one tells it. No key is ever in a line, only its id.
public final class KeyLog implements Consumer<KeyEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(KeyLog.class);

  @Override
  public void accept(KeyEvent event) {
    var level = level(event);
    if (!LOG.isEnabledForLevel(level)) {
      return;
    }
    var line = LOG.atLevel(level).addKeyValue("provider", event.provider());
    line = line.addKeyValue("key", event.keyId());
    if (event.cause() instanceof Cause.Request(var id)) {
      line = line.addKeyValue("request", id);
    }
    line.log(
        "{} key {} {}{}",
        event.provider(),
        event.keyId(),
        words(event.change()),
        words(event.cause()));
  }

  private static Level level(KeyEvent event) {
    if (event.cause() instanceof Cause.Elsewhere || event.change().isPassing()) {
      return Level.DEBUG;
    }
    return event.change() instanceof KeyEvent.Blocked ? Level.WARN : Level.INFO;
  }

  private static String words(Cause cause) {
    return switch (cause) {
      case Cause.Request(var id) -> " (request " + id + ")";
      case Cause.Elsewhere() -> " (another instance learnt it)";
      case Cause.Order _, Cause.Time _ -> "";
    };
  }

  private static String words(KeyEvent.Change change) {
    return switch (change) {
      case KeyEvent.Blocked(var reason, var convicted) ->
          (convicted ? "was at fault and is blocked: " : "is blocked: ") + reason;
      case KeyEvent.SetAside() -> "is set aside until it is known whether it or the request errs";
      case KeyEvent.Released() -> "was not at fault and is in use again";
      case KeyEvent.Activated() -> "is in use again";
      case KeyEvent.Rests(var model, var until, _, var reason, var fellows) ->
          "rests " + of(model) + "until " + until + ": " + reason + with(fellows.others());
      case KeyEvent.Returned(var model, _) ->
          "is in use again" + (whole(model) ? "" : " for " + model);
    };
  }

  private static String of(String model) {
    return whole(model) ? "" : "for " + model + " ";
  }

  private static boolean whole(String model) {
    return model.isEmpty() || model.equals(Cooling.WHOLE_KEY);
  }

  private static String with(int fellows) {
    return fellows == 0 ? "" : ", and so do " + fellows + " others of its account";
  }
}
