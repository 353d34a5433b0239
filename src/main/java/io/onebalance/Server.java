package io.onebalance;

import io.onebalance.cli.Serving;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Signals;
import io.onebalance.program.Program;
import io.onebalance.program.Welcome;
import io.onebalance.settings.Loaded;
import io.onebalance.settings.Settings;
import io.onebalance.settings.read.AuthKeyFile;
import io.onebalance.settings.read.SettingsReader;
import io.onebalance.settings.read.Watch;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.file.CannotOpen;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// `serve`: runs the program until it is told to stop, and reads its settings again when they
/// change.
final class Server implements Serving {
  private final PrintWriter out;
  private final PrintWriter err;
  private final InstantSource clock;
  private final SecureRandom chance;

  Server(PrintWriter out, PrintWriter err, InstantSource clock, SecureRandom chance) {
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.chance = chance;
  }

  @Override
  public int serve(SettingsReader reader, Loaded loaded) {
    var settings = loaded.settings();
    prepareLog(settings.log());
    loaded.warnings().forEach(err::println);
    var stop = new Stop();
    try {
      var kept = authKey(settings);
      var program = Program.start(settings, kept.key(), clock, chance);
      program.tell(loaded.values());
      hear(stop);
      watch(reader, loaded, program);
      Welcome.say(out, program.places(), kept);
      stop.await();
      close(program, settings.listener(), stop);
      return Exit.DONE;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    } catch (CannotOpen | StoreTrouble trouble) {
      err.println(trouble.getMessage());
      return Exit.FAILED;
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      return Exit.WRONG_USAGE;
    } catch (IOException failed) {
      err.println("The server could not start: " + failed.getMessage());
      return Exit.FAILED;
    }
  }

  private AuthKeyFile.Kept authKey(Settings settings) throws IOException {
    if (settings.authKey().isPresent()) {
      return new AuthKeyFile.Kept(settings.authKey().get(), false);
    }
    return new AuthKeyFile(settings.storage().dataDir()).readOrMake(chance);
  }

  private static void watch(SettingsReader reader, Loaded loaded, Program program) {
    var watch = new Watch(reader, loaded, new Reloading(program));
    Signals.onHangup(watch::reread);
    Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())
        .scheduleWithFixedDelay(watch::check, 1, 1, TimeUnit.SECONDS);
  }

  private static void hear(Stop stop) {
    Signals.onStop(stop::tell);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop::atTheLatest));
  }

  /// Lets what runs finish, unless told to stop once more; then ends what is left.
  private static void close(Program program, Settings.Listener listener, Stop stop) {
    var drained =
        program
            .drain(listener.drainPause(), listener.drain())
            .toCompletionStage()
            .toCompletableFuture();
    CompletableFuture.anyOf(drained, stop.toldAgain()).join();
    program.close();
    stop.done();
  }

  /// The log starts beside the store. What is logged meanwhile is logged a little later; it would
  /// tell of that at every start.
  private static void prepareLog(Settings.Log log) {
    System.setProperty("log.level", log.level().name().toLowerCase(Locale.ROOT));
    System.setProperty("log.format", log.format().name().toLowerCase(Locale.ROOT));
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Thread.ofPlatform().daemon().start(LoggerFactory::getILoggerFactory);
  }
}
