package io.onebalance.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.ledger.Entry;
import io.onebalance.store.Store;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.history.log.Filter;
import io.onebalance.store.history.log.Outcome;
import io.onebalance.store.history.log.Search;
import io.onebalance.store.history.sums.By;
import io.onebalance.store.history.sums.Question;
import io.onebalance.store.history.sums.Sums;
import io.onebalance.store.history.sums.Totals;
import io.onebalance.store.history.sums.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class HistoryTest {
  private static final int MANY = 3_000;

  private final Store store;

  HistoryTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;
  private Past past;
  private final List<Entry> entries = new ArrayList<>();

  @BeforeEach
  void open() {
    past = Past.in(store, dir);
  }

  @AfterEach
  void close() {
    past.close();
  }

  /// So many over a day and a half before now.
  private void happen() {
    var made = new Entries(new SplittableRandom(5), 20);
    var begin = Past.NOW.minus(Duration.ofHours(36));
    for (var i = 0; i < MANY; i++) {
      entries.add(made.next(begin.plus(Duration.ofHours(36).multipliedBy(i).dividedBy(MANY))));
    }
    past.happened(entries);
  }

  private Usage ask(Instant from, Instant to, Filter filter, By... by) {
    return past.history.usage(new Question(from, to, filter, List.of(by), 10_000));
  }

  private Usage ask(Filter filter, By... by) {
    return ask(Past.NOW.minus(Duration.ofDays(3)), Past.NOW, filter, by);
  }

  private static Instant ended(Entry entry) {
    return entry.at().plus(entry.times().total());
  }

  @Test
  void totals_are_the_sums_of_all_requests() {
    happen();
    var totals = ask(Filter.ANY).totals();
    assertThat(totals).isEqualTo(sum(entry -> true));
    assertThat(totals.requests()).isEqualTo(MANY);
    assertThat(totals.doubts().unpriced()).isPositive();
  }

  @Test
  void sums_told_apart_add_up_to_the_totals() {
    happen();
    for (var by :
        List.of(
            List.of(By.PROVIDER),
            List.of(By.PROVIDER, By.MODEL),
            List.of(By.GATEWAY_KEY, By.STATUS),
            List.of(By.DAY, By.PROVIDER),
            List.of(By.HOUR),
            List.of(By.MINUTE, By.MODEL),
            List.of(By.KEY),
            List.of(By.KEY, By.HOUR))) {
      var usage = ask(Filter.ANY, by.toArray(By[]::new));
      var requests = usage.items().stream().mapToLong(item -> item.totals().requests()).sum();
      var cost = usage.items().stream().mapToLong(item -> item.totals().costNanos()).sum();
      assertThat(requests).as("%s", by).isEqualTo(MANY);
      assertThat(cost).as("%s", by).isEqualTo(usage.totals().costNanos());
    }
  }

  @Test
  void each_provider_has_its_own_sums() {
    happen();
    assertThat(
            ask(Filter.ANY, By.PROVIDER).items().stream()
                .collect(Collectors.toMap(item -> item.values().getFirst(), Usage.Item::totals)))
        .isEqualTo(
            entries.stream()
                .map(entry -> entry.served().provider())
                .distinct()
                .collect(
                    Collectors.toMap(
                        Function.identity(),
                        name -> sum(entry -> entry.served().provider().equals(name)))));
  }

  @Test
  void each_hour_has_its_own_sums() {
    happen();
    var hours = ask(Filter.ANY, By.HOUR).items();
    assertThat(hours).hasSizeGreaterThan(35);
    for (var hour : hours) {
      var begins = Instant.ofEpochSecond(Long.parseLong(hour.values().getFirst()));
      assertThat(hour.totals())
          .as("%s", begins)
          .isEqualTo(sum(entry -> ended(entry).truncatedTo(ChronoUnit.HOURS).equals(begins)));
    }
  }

  @Test
  void times_of_any_length_are_exact_to_the_minute() {
    happen();
    var from = Past.NOW.minus(Duration.ofHours(20)).minusSeconds(17);
    var to = Past.NOW.minus(Duration.ofHours(2));
    var usage = ask(from, to, Filter.ANY);
    assertThat(usage.from()).isEqualTo(Instant.parse("2026-11-20T16:34:00Z"));
    assertThat(usage.to()).isEqualTo(Instant.parse("2026-11-21T10:35:00Z"));
    assertThat(usage.totals())
        .isEqualTo(
            sum(entry ->
                !ended(entry).isBefore(usage.from()) && ended(entry).isBefore(usage.to())));
  }

  @Test
  void budgets_are_what_a_gateway_key_came_to() {
    happen();
    var caller = entries.getFirst().gatewayKey();
    var since = Instant.parse("2026-11-21T00:00:00Z");
    assertThat(past.history.budget(caller, since))
        .isEqualTo(
            sum(entry -> entry.gatewayKey().equals(caller) && !ended(entry).isBefore(since)));
    assertThat(past.history.budget("nobody", since).requests()).isZero();
  }

  @Test
  void questions_that_no_sums_answer_are_told() {
    var early = Past.NOW.minus(Duration.ofDays(4));
    assertThatThrownBy(() -> ask(early, Past.NOW, Filter.ANY, By.MINUTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the last 3 days");
    assertThatThrownBy(() -> ask(Filter.ANY, By.KEY, By.MODEL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by provider, day and hour only");
    assertThatThrownBy(() -> ask(Filter.ANY, By.DAY, By.HOUR))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_log_is_read_page_by_page_as_a_walk_over_all_would() {
    happen();
    var key = entries.get(7).served().keyId();
    for (var filter :
        List.of(
            Filter.ANY,
            new Filter("", "openai", "", "", List.of()),
            new Filter("", "", "groq-model-0", "", List.of("4xx", "5xx", "cut")),
            new Filter(entries.get(3).gatewayKey(), "", "", "", List.of("2xx")),
            new Filter("", "", "", key, List.of()),
            new Filter("", "", "", key, List.of("4xx")),
            new Filter("", "", "no such model", "", List.of()))) {
      assertThat(pages(filter))
          .as("%s", filter)
          .containsExactlyElementsOf(
              entries.stream()
                  .filter(entry -> matches(filter, entry))
                  .map(Entry::requestId)
                  .toList()
                  .reversed());
    }
  }

  private List<String> pages(Filter filter) {
    var found = new ArrayList<String>();
    var search = new Search(Instant.EPOCH, Past.NOW.plusSeconds(10), filter);
    for (var before = 0L; ; ) {
      var page = past.history.requests(search, before, 70);
      page.requests().forEach(logged -> found.add(logged.entry().requestId()));
      before = page.next();
      if (before == 0) {
        return found;
      }
    }
  }

  private static boolean matches(Filter filter, Entry entry) {
    return like(filter.gatewayKey(), entry.gatewayKey())
        && like(filter.provider(), entry.served().provider())
        && like(filter.model(), entry.served().model())
        && like(filter.key(), entry.served().keyId())
        && (filter.outcomes().isEmpty() || filter.outcomes().contains(Outcome.of(entry.ending())));
  }

  private static boolean like(String wanted, String is) {
    return wanted.isEmpty() || wanted.equals(is);
  }

  @Test
  void what_is_read_of_a_request_is_what_happened() {
    happen();
    entries.stream()
        .sorted(Comparator.comparing(Entry::requestId))
        .limit(300)
        .forEach(entry ->
            assertThat(past.history.request(entry.requestId()).orElseThrow().entry())
                .isEqualTo(entry));
    assertThat(past.history.request("nobody's")).isEmpty();
  }

  @Test
  @DisplayName("F54 while the disk refuses nothing is lost, and nothing is counted twice")
  void what_could_not_be_written_is_counted_once_later() {
    past.outside(store.nothingMoreIn("usage"));
    var entry = new Entries(new SplittableRandom(1), 5).next(Past.NOW);
    assertThatThrownBy(() -> past.happened(List.of(entry))).isInstanceOf(StoreTrouble.class);
    assertThat(past.number("SELECT COUNT(*) FROM series")).isZero();
    assertThat(past.writer.waiting()).isPositive();
    past.outside(store.moreAgainIn("usage"));
    past.happened(List.of());
    past.happened(List.of());
    assertThat(ask(Filter.ANY).totals().requests()).isEqualTo(1);
    assertThat(past.number("SELECT COUNT(*) FROM requests")).isEqualTo(1);
  }

  @Test
  void a_flood_leaves_a_thousand_rows_a_second_and_all_sums() {
    var made = new Entries(new SplittableRandom(2), 5);
    for (var i = 0; i < 2_500; i++) {
      entries.add(made.next(Past.NOW.minusSeconds(60)));
    }
    past.happened(entries);
    assertThat(past.number("SELECT COUNT(*) FROM requests"))
        .isEqualTo(HistoryWriter.MOST_ROWS_A_SECOND);
    assertThat(ask(Filter.ANY).totals().requests()).isEqualTo(2_500);
    assertThat(past.writer.unlogged()).isEqualTo(1_500);
    assertThat(past.writer.waiting()).isZero();
  }

  @Test
  void who_listens_hears_of_each_entry_once_also_after_one_that_broke() {
    var heard = new ArrayList<Entry>();
    past.writer.tell(_ -> {
      throw new IllegalStateException("a listener breaks");
    });
    past.writer.tell(heard::addAll);
    happen();
    assertThat(heard).containsExactlyElementsOf(entries);
  }

  private Totals sum(Predicate<Entry> which) {
    var sums = new Sums();
    entries.stream().filter(which).forEach(sums::add);
    return sums.totals();
  }
}
