package io.onebalance.cli.shell;

import io.onebalance.settings.BadSettings;
import java.io.IOException;
import java.net.ConnectException;

/// What the program tells its caller by ending.
public final class Exit {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;

  private Exit() {}

  /// What a verb does. Its own word for how it ended is one of those above.
  public interface Work {
    int run() throws BadSettings, IOException;
  }

  /// Every end of a verb that is not its own word for it is told here.
  public static int of(Shell shell, String verb, Work work) {
    try {
      return work.run();
    } catch (BadSettings bad) {
      bad.problems().forEach(shell.err()::println);
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
    } finally {
      shell.out().flush();
      shell.err().flush();
    }
  }
}
