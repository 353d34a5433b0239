package io.onebalance.relay.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Room;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The answers that are remembered, up to so many bytes and each for its time; of those that do not
/// fit, what was asked for least goes. In memory only.
///
/// Thread-safe: event loops share it.
public final class Answers {
  /// The largest that is remembered.
  static final int LARGEST = 8 << 20;

  /// One answer may take so much of all.
  private static final int SHARE = 4;

  /// Of the heap: a quarter for what is remembered, a sixteenth for what is being heard.
  private static final int OF_HEAP = 4;

  private static final int HEARD_OF_HEAP = 16;

  private final Cache<Question, Answer> answers;
  private final Room hearing;
  private volatile long most;

  /// Remembers nothing until it is told how much it may.
  public Answers(InstantSource clock) {
    this.hearing = new Room(Runtime.getRuntime().maxMemory() / HEARD_OF_HEAP);
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(0)
            .weigher((Question _, Answer answer) -> answer.weight())
            .expireAfter(
                Expiry.<Question, Answer>creating((Question _, Answer answer) -> answer.ttl()))
            .ticker(() -> nanos(clock))
            .executor(Runnable::run)
            .build();
  }

  /// From now on so many bytes, though no more than a quarter of the heap; 0 forgets all.
  public void bound(long bytes) {
    most = Math.min(bytes, Runtime.getRuntime().maxMemory() / OF_HEAP);
    answers.policy().eviction().orElseThrow().setMaximum(most);
  }

  /// How many bytes are remembered.
  public long size() {
    answers.cleanUp();
    return answers.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  Optional<Answer> find(Question question) {
    return Optional.ofNullable(answers.getIfPresent(question));
  }

  void remember(Question question, Answer answer) {
    if (answer.weight() <= most / SHARE) {
      answers.put(question, answer);
    }
  }

  /// How long an answer may be to be remembered.
  int longest() {
    return (int) Math.min(LARGEST, most / SHARE);
  }

  /// Memory for one answer while it is heard.
  Room.Share share(Client client) {
    return hearing.shareOf(client);
  }

  private static long nanos(InstantSource clock) {
    var now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
