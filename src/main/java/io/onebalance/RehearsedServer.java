package io.onebalance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands in for PostgreSQL while a start is rehearsed, where there is no server: speaks as much of
/// its protocol (version 3) as a client needs who only asks and writes. Whatever is asked, the
/// answer is one row with one number in it.
final class RehearsedServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RehearsedServer.class);

  /// Asks for encryption, which there is none of (SSLRequest and GSSENCRequest).
  private static final int TLS = 80_877_103;

  private static final int GSS = 80_877_104;
  private static final int TEXT = 25;

  private final ServerSocket listening;
  private final String number;

  RehearsedServer(int number) throws IOException {
    this.number = Integer.toString(number);
    this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::welcome);
  }

  String url() {
    return "postgresql://rehearsal:none@127.0.0.1:" + listening.getLocalPort() + "/rehearsal";
  }

  private void welcome() {
    while (!listening.isClosed()) {
      try {
        var socket = listening.accept();
        Thread.startVirtualThread(() -> talk(socket));
      } catch (IOException over) {
        log.debug("the rehearsal is over", over);
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      new Talk(socket).untilTheEnd();
    } catch (IOException left) {
      log.debug("a client of the rehearsal left", left);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  /// What is said on one connection.
  private final class Talk {
    private final DataInputStream in;
    private final DataOutputStream out;

    /// The first words of statements, by their names.
    private final Map<String, String> statements = new HashMap<>();

    private String verb = "";

    Talk(Socket socket) throws IOException {
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    void untilTheEnd() throws IOException {
      greet();
      for (var type = in.read(); type >= 0 && type != 'X'; type = in.read()) {
        var told = in.readNBytes(in.readInt() - Integer.BYTES);
        answer((char) type, new DataInputStream(new ByteArrayInputStream(told)));
      }
    }

    private void greet() throws IOException {
      for (var code = greeting(); code == TLS || code == GSS; code = greeting()) {
        out.write('N');
        out.flush();
      }
      say('R', body -> body.writeInt(0));
      for (var word : Map.of("server_version", "18.0", "client_encoding", "UTF8").entrySet()) {
        say(
            'S',
            body -> {
              text(body, word.getKey());
              text(body, word.getValue());
            });
      }
      ready();
    }

    private int greeting() throws IOException {
      var rest = in.readInt() - 2 * Integer.BYTES;
      var code = in.readInt();
      in.readNBytes(rest);
      return code;
    }

    private void answer(char type, DataInputStream told) throws IOException {
      switch (type) {
        case 'P' -> {
          statements.put(text(told), verb(text(told)));
          say('1');
        }
        case 'B' -> {
          text(told);
          verb = statements.getOrDefault(text(told), "");
          say('2');
        }
        case 'D' -> describe(told);
        case 'E' -> execute();
        case 'C' -> say('3');
        case 'S' -> ready();
        case 'Q' -> {
          verb = verb(text(told));
          shape();
          execute();
          ready();
        }
        default -> throw new IOException("nothing else is said by the driver that we have");
      }
    }

    private void describe(DataInputStream told) throws IOException {
      if (told.read() == 'S') {
        verb = statements.getOrDefault(text(told), "");
        say('t', body -> body.writeShort(0));
      }
      if (asks()) {
        shape();
      } else {
        say('n');
      }
    }

    /// Says what a row is like: one column.
    private void shape() throws IOException {
      if (asks()) {
        say(
            'T',
            body -> {
              body.writeShort(1);
              text(body, "number");
              body.writeInt(0);
              body.writeShort(0);
              body.writeInt(TEXT);
              body.writeShort(-1);
              body.writeInt(-1);
              body.writeShort(0);
            });
      }
    }

    private void execute() throws IOException {
      if (asks()) {
        say(
            'D',
            body -> {
              body.writeShort(1);
              body.writeInt(number.length());
              body.write(number.getBytes(UTF_8));
            });
      }
      say('C', body -> text(body, done()));
    }

    private boolean asks() {
      return verb.equals("SELECT") || verb.equals("SHOW");
    }

    private static String verb(String statement) {
      return statement.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    }

    private String done() {
      return switch (verb) {
        case "INSERT" -> "INSERT 0 1";
        case "SELECT", "DELETE", "UPDATE" -> verb + " 1";
        default -> verb; // those that count nothing
      };
    }

    private void ready() throws IOException {
      say('Z', body -> body.write('I'));
      out.flush();
    }

    private void say(char type) throws IOException {
      say(type, _ -> {});
    }

    private void say(char type, Body words) throws IOException {
      var bytes = new ByteArrayOutputStream();
      words.write(new DataOutputStream(bytes));
      out.write(type);
      out.writeInt(bytes.size() + Integer.BYTES);
      bytes.writeTo(out);
    }
  }

  private interface Body {
    void write(DataOutputStream to) throws IOException;
  }

  private static void text(DataOutputStream to, String text) throws IOException {
    to.write(text.getBytes(UTF_8));
    to.write(0);
  }

  private static String text(DataInputStream from) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var next = from.read(); next > 0; next = from.read()) {
      bytes.write(next);
    }
    return bytes.toString(UTF_8);
  }
}
