package io.onebalance.cli.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether an address can be reached from here, and what time it is there. Any answer will do: no
/// key is sent.
public final class Road {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration MOST_OFF = Duration.ofMinutes(2);

  private final InstantSource clock;

  public Road(InstantSource clock) {
    this.clock = clock;
  }

  public List<Note> look(String who, String url) {
    var uri = URI.create(url);
    if (!isNamed(uri.getHost())) {
      return List.of(
          new Note.Ill(
              who + ": DNS failure, the name " + uri.getHost() + " is not known",
              "check the name, and the resolver of this machine (/etc/resolv.conf)"));
    }
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.discarding());
      var notes = new ArrayList<Note>();
      notes.add(new Note.Well(who + " can be reached at " + uri.getHost()));
      answer.headers().firstValue("date").flatMap(this::clock).ifPresent(notes::add);
      return notes;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ConnectException nobody) {
      return List.of(unreachable(who, uri, "nothing answers there"));
    } catch (IOException trouble) {
      return List.of(unreachable(who, uri, trouble.toString()));
    }
  }

  private static Note unreachable(String who, URI uri, String why) {
    return new Note.Ill(
        who + ": unreachable at " + uri.getHost() + port(uri) + ": " + why,
        "let this machine reach it (firewall, proxy, base-url)");
  }

  private static String port(URI uri) {
    return uri.getPort() < 0 ? "" : ":" + uri.getPort();
  }

  private static boolean isNamed(String host) {
    try {
      return InetAddress.getByName(host) != null;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /// Nothing where both agree.
  private Optional<Note> clock(String date) {
    try {
      var there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return off(Duration.between(there, clock.instant()));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Optional<Note> off(Duration off) {
    return off.abs().compareTo(MOST_OFF) < 0
        ? Optional.empty()
        : Optional.of(
            new Note.Ill(
                String.format(
                    Locale.ROOT,
                    "the clock of this machine is %,d min %s",
                    off.abs().toMinutes(),
                    off.isPositive() ? "ahead" : "behind"),
                "set it by NTP (timedatectl set-ntp true): signed requests and cooldowns go by"
                    + " it"));
  }
}
