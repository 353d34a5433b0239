package io.onebalance.cli.shell;

import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the program tells its caller by ending.
public final class Exit {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;

  private static final int MOST_CAUSES = 5;
  private static final int MOST_FRAMES = 20;

  private Exit() {}

  /// What a verb does. Its own word for how it ended is one of those above.
  public interface Work {
    int run() throws BadSettings, IOException;
  }

  /// Every end of a verb that is not its own word for it is told here. What was to be printed and
  /// could not be is not done.
  public static int of(Shell shell, String verb, Work work) {
    return printed(shell, verb, ofServing(shell, verb, work));
  }

  /// How a verb ended, where what it printed is all that it did.
  public static int printed(Shell shell, String verb, int code) {
    if (code != DONE || !shell.out().checkError()) {
      return code;
    }
    shell.err().println(verb + " failed: standard output takes no more; it is full or closed");
    shell.err().flush();
    return FAILED;
  }

  /// As [#of], for a server: it has served, whoever heard its greeting or its log.
  public static int ofServing(Shell shell, String verb, Work work) {
    try {
      return work.run();
    } catch (BadSettings bad) {
      bad.problems().forEach(shell.err()::println);
      return WRONG_USAGE;
    } catch (WrongUsage wrong) {
      shell.err().println(wrong.getMessage());
      return WRONG_USAGE;
    } catch (ServerRefusal refused) {
      shell.err().println(refused.getMessage());
      return refused.isWrongUsage() ? WRONG_USAGE : FAILED;
    } catch (ConnectException nobody) {
      shell.err().println(nobody.getMessage());
      return FAILED;
    } catch (IOException failed) {
      shell.err().println(verb + " failed: " + failed);
      return FAILED;
    } catch (RuntimeException fault) {
      shell.err().println(verb + " failed: " + place(fault));
      return FAILED;
    } finally {
      shell.out().flush();
      shell.err().flush();
    }
  }

  /// Where a fault of ours is. Its words are not told: they may repeat what they were given.
  private static String place(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .map(one ->
            Stream.concat(
                    Stream.of(one.getClass().getName()),
                    Arrays.stream(one.getStackTrace()).limit(MOST_FRAMES).map(at -> "  at " + at))
                .collect(Collectors.joining("\n")))
        .collect(Collectors.joining("\ncaused by "));
  }
}
