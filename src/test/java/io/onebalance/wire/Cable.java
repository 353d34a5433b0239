package io.onebalance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A line to a server that can be cut or fall silent, and be mended: while it is cut, what runs
/// over it breaks and nobody gets through; while it is silent, nothing arrives and nobody is told.
/// Its port stays the same.
public final class Cable implements AutoCloseable {
  private final int server;
  private final ServerSocket listening;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Talk> talks = new CopyOnWriteArrayList<>();
  private volatile boolean listened;
  private volatile boolean whole;
  private volatile boolean silent;

  /// Empty where nothing is waited for.
  private volatile List<String> lastWords = List.of();

  private Cable(int server, boolean whole) throws IOException {
    this.server = server;
    this.whole = whole;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  public static Cable to(int server, boolean whole) {
    try {
      var cable = new Cable(server, whole);
      Thread.startVirtualThread(cable::accept);
      return cable;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// How many went through since it was laid.
  public int connections() {
    return connections.get();
  }

  /// From now on what clients say is kept, on connections that are made.
  public Cable listen() {
    listened = true;
    return this;
  }

  /// What was said by each client that was listened to, in the order in which they came: all that
  /// one says before it is answered is one text.
  public List<List<String>> said() {
    return talks.stream().map(Talk::said).toList();
  }

  public void cut() {
    whole = false;
    ends.forEach(Cable::close);
    ends.clear();
  }

  /// From now on what is said is lost, both ways, while all that is open stays so.
  public void silence() {
    silent = true;
  }

  /// The next time that one client says these, one after the other, the server still hears the last
  /// of them, but its answer is lost, and the line is cut.
  public void cutAfter(String... words) {
    lastWords = List.of(words);
  }

  public boolean isWhole() {
    return whole;
  }

  /// Where it was silent, what was open breaks now: something of it was lost.
  public void mend() {
    if (silent) {
      cut();
      silent = false;
    }
    whole = true;
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        if (silent) {
          ends.add(client);
        } else if (whole) {
          connect(client);
        } else {
          close(client);
        }
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void connect(Socket client) throws IOException {
    var far = new Socket(InetAddress.getLoopbackAddress(), server);
    connections.incrementAndGet();
    ends.add(client);
    ends.add(far);
    var ear = new Ear();
    var talk = listened ? Optional.of(new Talk()) : Optional.<Talk>empty();
    talk.ifPresent(talks::add);
    carry(
        client,
        far,
        said -> {
          talk.ifPresent(one -> one.says(said));
          ear.listen(said);
          return true;
        });
    carry(
        far,
        client,
        _ -> {
          talk.ifPresent(Talk::hears);
          return !ear.heardLast;
        });
    if (!whole) {
      cut();
    }
  }

  /// What one client says, until it is answered and afterwards.
  private static final class Talk {
    private final List<StringBuilder> said = new ArrayList<>();
    private boolean answered = true;

    synchronized void says(String words) {
      if (answered) {
        said.add(new StringBuilder());
      }
      answered = false;
      said.getLast().append(words);
    }

    synchronized void hears() {
      answered = true;
    }

    synchronized List<String> said() {
      return said.stream().map(StringBuilder::toString).toList();
    }
  }

  /// Waits for the last words of one client, who may say them in pieces.
  private final class Ear {
    private List<String> awaited = List.of();
    private Iterator<String> next = awaited.iterator();
    private String word = "";
    private String said = "";
    private volatile boolean heardLast;

    void listen(String piece) {
      if (!awaited.equals(lastWords)) {
        await(lastWords);
      }
      if (word.isEmpty()) {
        return;
      }
      said += piece;
      for (var at = said.indexOf(word); at >= 0 && !heardLast; at = said.indexOf(word)) {
        said = said.substring(at + word.length());
        hear();
      }
      said = said.substring(Math.max(0, said.length() - word.length()));
    }

    private void await(List<String> words) {
      awaited = words;
      next = words.iterator();
      word = words.isEmpty() ? "" : next.next();
      said = "";
    }

    private void hear() {
      heardLast = !next.hasNext();
      if (heardLast) {
        lastWords = List.of();
      } else {
        word = next.next();
      }
    }
  }

  private void carry(Socket from, Socket to, Predicate<String> goesOn) {
    Thread.startVirtualThread(() -> {
      try {
        var piece = new byte[8192];
        var in = from.getInputStream();
        for (var size = in.read(piece); size >= 0; size = in.read(piece)) {
          if (!goesOn.test(new String(piece, 0, size, StandardCharsets.ISO_8859_1))) {
            cut();
            return;
          }
          if (!silent) {
            to.getOutputStream().write(piece, 0, size);
          }
        }
      } catch (IOException broken) {
        // the other way ends too
      } finally {
        close(from);
        close(to);
        ends.remove(from);
        ends.remove(to);
      }
    });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    cut();
  }
}
