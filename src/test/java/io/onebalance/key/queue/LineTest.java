package io.onebalance.key.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Ask;
import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.pool.Slot;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.secret.Secret;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A line in virtual time before a pool whose keys may do two requests a minute each.
class LineTest {
  private static final Ask ASK = Ask.of("m");
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  /// Time that passes when it is told to.
  private static final class Clock implements Timer {
    record Alarm(Instant at, Runnable task) {}

    private final PriorityQueue<Alarm> alarms =
        new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private Instant now = START;
    private int rang;
    private Runnable beforeAlarm = () -> {};

    @Override
    public Runnable after(Duration delay, Runnable task) {
      beforeAlarm.run();
      var alarm = new Alarm(now.plus(delay), task);
      alarms.add(alarm);
      return () -> alarms.remove(alarm);
    }

    void pass(Duration time) {
      var end = now.plus(time);
      while (!alarms.isEmpty() && !alarms.peek().at.isAfter(end)) {
        var next = alarms.remove();
        now = next.at;
        rang++;
        next.task.run();
      }
      now = end;
    }
  }

  private final Clock clock = new Clock();
  private final Pool pool =
      new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {}).of("google");
  private final Line line = new Line(pool, clock, () -> clock.now);
  private final List<String> heard = new ArrayList<>();

  private void keys(int count) {
    for (var i = 0; i < count; i++) {
      var key = new ApiKey("k" + i, "google", new Secret("s" + i), "", "", 1, Instant.EPOCH);
      pool.put(key, Standing.NEW, clock.now);
    }
    for (var i = 0; i < count; i++) {
      serve(slot(pool.chooseOnly("k" + i, "m", clock.now)));
    }
    clock.pass(Duration.ofMinutes(2));
    for (var i = 0; i < count; i++) {
      serve(slot(pool.chooseOnly("k" + i, "m", clock.now)));
    }
    clock.pass(Duration.ofMinutes(2));
  }

  private static Slot slot(Choice choice) {
    return choice instanceof Choice.Chosen(var slot) ? slot : failed(choice);
  }

  private static Slot failed(Choice choice) {
    throw new AssertionError(choice);
  }

  private void serve(Slot slot) {
    var told =
        new Allowance(Allowance.Kind.REQUESTS, Verdict.Window.MINUTE, 2, 1, Optional.of(clock.now));
    slot.told(List.of(told), clock.now);
    slot.settle(new Outcome.Judged(new Verdict.Served(), Duration.ofMillis(1)), clock.now);
  }

  private Ticket ask(String caller, String name, Duration patience) {
    return ask(ASK, caller, name, patience);
  }

  private Ticket ask(Ask ask, String caller, String name, Duration patience) {
    return line.ask(
        ask,
        caller,
        patience,
        choice -> {
          switch (choice) {
            case Choice.Chosen(var slot) -> {
              heard.add(name);
              serve(slot);
            }
            case Choice.Wait wait -> heard.add(name + " waits " + wait.rest().toSeconds());
            case Choice.None _ -> heard.add(name + " none");
          }
        });
  }

  @Test
  void who_finds_no_room_waits_in_the_order_of_arrival_and_one_alarm_serves_all() {
    keys(1);
    for (var i = 0; i < 6; i++) {
      ask("phone", "r" + i, Duration.ofMinutes(10));
    }
    assertThat(heard).containsExactly("r0", "r1");
    assertThat(line.waiting()).isEqualTo(4);
    clock.rang = 0;
    clock.pass(Duration.ofSeconds(61));
    assertThat(heard).containsExactly("r0", "r1", "r2", "r3");
    assertThat(clock.rang).as("one alarm, and no herd").isLessThanOrEqualTo(2);
    clock.pass(Duration.ofSeconds(61));
    assertThat(heard).containsExactly("r0", "r1", "r2", "r3", "r4", "r5");
    assertThat(line.waiting()).isZero();
    assertThat(clock.alarms).isEmpty();
  }

  /// Behind each stand a request and its body; the patience of others keeps neither.
  @Test
  @DisplayName("F71 of who leaves nothing is kept, and of who was served neither")
  void nothing_is_kept_of_who_waits_no_more() {
    keys(1);
    for (var name : List.of("r0", "r1")) {
      ask("phone", name, Duration.ofMinutes(10));
    }
    ask("phone", "first", Duration.ofMinutes(1));
    var bodies = new ArrayList<WeakReference<byte[]>>();
    var left = new ArrayList<Ticket>();
    for (var i = 0; i < 3; i++) {
      left.add(wait(bodies));
    }
    var _ = wait(bodies);
    left.forEach(Ticket::leave);
    clock.pass(Duration.ofSeconds(59));
    ask("phone", "last", Duration.ofMinutes(10));
    clock.pass(Duration.ofSeconds(2));
    System.gc();
    assertThat(bodies).hasSize(4).allMatch(body -> body.get() == null);
  }

  private Ticket wait(List<WeakReference<byte[]>> bodies) {
    var body = new byte[1 << 20];
    bodies.add(new WeakReference<>(body));
    return line.ask(
        ASK,
        "phone",
        Duration.ofMinutes(10),
        choice -> serve(body.length > 0 ? slot(choice) : failed(choice)));
  }

  @Test
  void callers_take_turns() {
    keys(1);
    for (var i = 0; i < 6; i++) {
      ask("greedy", "g" + i, Duration.ofMinutes(10));
    }
    ask("modest", "m0", Duration.ofMinutes(10));
    heard.clear();
    clock.pass(Duration.ofSeconds(61));
    assertThat(heard).containsExactly("g2", "m0");
  }

  @Test
  void who_may_have_but_one_key_waits_for_it_among_the_others() {
    keys(1);
    for (var name : List.of("r0", "r1", "r2")) {
      ask("phone", name, Duration.ofMinutes(10));
    }
    ask(ASK.only("k0"), "phone", "bound", Duration.ofMinutes(10));
    ask("phone", "r3", Duration.ofMinutes(10));
    clock.pass(Duration.ofSeconds(61));
    assertThat(heard).containsExactly("r0", "r1", "r2", "bound");
    ask(ASK.only("gone"), "phone", "lost", Duration.ofMinutes(10));
    assertThat(heard).endsWith("lost none");
  }

  @Test
  void whose_patience_ran_out_on_the_way_is_still_offered_what_there_is() {
    keys(1);
    for (var i = 0; i < 3; i++) {
      ask("phone", "r" + i, Duration.ofMinutes(10));
    }
    assertThat(line.waiting()).isEqualTo(1);
    var told = new ArrayList<Choice>();
    line.ask(Ask.of("other"), "phone", Duration.ofMillis(-4), told::add);
    assertThat(told).singleElement().isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void who_would_wait_too_long_is_told_at_once_how_long() {
    keys(1);
    ask("phone", "a", Duration.ZERO);
    ask("phone", "b", Duration.ZERO);
    ask("phone", "c", Duration.ofSeconds(5));
    assertThat(heard).containsExactly("a", "b", "c waits 60");
    assertThat(line.waiting()).isZero();
  }

  @Test
  void patience_ends_and_then_it_is_told_how_long_it_would_be() {
    keys(1);
    ask("phone", "a", Duration.ofSeconds(70));
    ask("phone", "b", Duration.ofSeconds(70));
    ask("phone", "c", Duration.ofSeconds(70));
    ask("phone", "d", Duration.ofSeconds(70));
    ask("phone", "e", Duration.ofSeconds(70));
    clock.pass(Duration.ofSeconds(71));
    assertThat(heard.subList(0, 4)).containsExactly("a", "b", "c", "d");
    assertThat(heard.get(4)).startsWith("e waits ");
  }

  @Test
  void where_the_line_is_full_whoever_comes_is_told_at_once_until_somebody_leaves() {
    keys(1);
    var patience = Duration.ofMinutes(10);
    ask("phone", "a", patience);
    ask("phone", "b", patience);
    var tickets =
        IntStream.range(0, Line.MOST).mapToObj(i -> ask("phone", "w" + i, patience)).toList();
    assertThat(heard).containsExactly("a", "b");
    ask("other", "too late", patience);
    assertThat(heard).containsExactly("a", "b", "too late waits 60");
    assertThat(line.waiting()).isEqualTo(Line.MOST);
    tickets.getFirst().leave();
    ask("other", "in time", patience);
    assertThat(heard).hasSize(3);
    assertThat(line.waiting()).isEqualTo(Line.MOST);
  }

  @Test
  void who_leaves_hears_nothing_and_makes_room_for_the_next() {
    keys(1);
    var tickets =
        IntStream.range(0, 4).mapToObj(i -> ask("p", "r" + i, Duration.ofMinutes(5))).toList();
    tickets.get(2).leave();
    tickets.get(2).leave();
    clock.pass(Duration.ofSeconds(61));
    assertThat(heard).containsExactly("r0", "r1", "r3");
    assertThat(line.waiting()).isZero();
  }

  @Test
  void a_key_that_is_added_serves_who_waits() {
    keys(1);
    for (var i = 0; i < 3; i++) {
      ask("phone", "r" + i, Duration.ofMinutes(10));
    }
    var more = new ApiKey("more", "google", new Secret("more"), "", "", 1, Instant.EPOCH);
    pool.put(more, Standing.NEW, clock.now);
    assertThat(heard).containsExactly("r0", "r1", "r2");
  }

  @Test
  void without_keys_there_is_nothing_to_wait_for() {
    ask("phone", "a", Duration.ofMinutes(1));
    assertThat(heard).containsExactly("a none");
  }

  @Test
  void room_that_comes_while_somebody_joins_the_line_is_not_missed() throws Exception {
    keys(1);
    var slot = slot(pool.choose(ASK, clock.now));
    serve(slot(pool.choose(ASK, clock.now)));
    var giving = new Thread(() -> slot.settle(new Outcome.Unasked(), clock.now));
    clock.beforeAlarm =
        () -> {
          clock.beforeAlarm = () -> {};
          giving.start();
          while (giving.isAlive() && giving.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
          }
        };
    ask("phone", "a", Duration.ofMinutes(5));
    giving.join();
    assertThat(heard).containsExactly("a");
  }

  @Test
  void nobody_is_woken_for_those_who_left() {
    keys(1);
    var tickets =
        IntStream.range(0, 4).mapToObj(i -> ask("p", "r" + i, Duration.ofMinutes(5))).toList();
    tickets.forEach(Ticket::leave);
    assertThat(clock.alarms).isEmpty();
  }
}
