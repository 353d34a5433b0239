package io.onebalance.sandbox;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// Performs the steps of one answer, no faster than the client reads. Lives on the event loop of
/// its connection.
final class AnswerWriter {
  private final Vertx vertx;
  private final Context loop;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Iterator<Step> steps;
  private final Consumer<Ending> ended;
  private boolean over;

  private AnswerWriter(
      Vertx vertx, HttpServerRequest request, List<Step> steps, Consumer<Ending> ended) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.request = request;
    this.response = request.response();
    this.steps = steps.iterator();
    this.ended = ended;
  }

  /// Begins; `ended` hears once how it ended.
  static void begin(
      Vertx vertx, HttpServerRequest request, List<Step> steps, Consumer<Ending> ended) {
    var writer = new AnswerWriter(vertx, request, steps, ended);
    writer.response.exceptionHandler(_ -> writer.end(Ending.LEFT));
    writer.response.closeHandler(_ -> writer.end(Ending.LEFT));
    writer.go();
  }

  private void go() {
    while (!over && steps.hasNext() && step(steps.next())) {
      // each step says whether the next one may follow at once
    }
  }

  private boolean step(Step step) {
    return switch (step) {
      case Step.Head(var status, var headers) -> {
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        response.setChunked(!headers.containsKey("content-length"));
        yield true;
      }
      case Step.Write(var bytes) -> write(bytes);
      case Step.Rest(var time) -> {
        vertx.setTimer(millis(time), _ -> go());
        yield false;
      }
      case Step.Await(var gate) -> {
        gate.whenOpen(() -> loop.runOnContext(_ -> go()));
        yield false;
      }
      case Step.End(var bytes) -> {
        response.end(Buffer.buffer(bytes)).onSuccess(_ -> end(Ending.ANSWERED));
        yield false;
      }
      case Step.Raw(var bytes) -> {
        // From the first handler on, so that the bytes go past the HTTP encoder.
        wire().pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(bytes));
        yield true;
      }
      case Step.HangUp(var reset) -> {
        hangUp(reset);
        yield false;
      }
    };
  }

  /// Nothing to write still sends the head.
  private boolean write(byte[] bytes) {
    if (bytes.length == 0) {
      response.writeHead();
      return true;
    }
    response.write(Buffer.buffer(bytes));
    if (!response.writeQueueFull()) {
      return true;
    }
    response.drainHandler(_ -> go());
    return false;
  }

  private void hangUp(boolean reset) {
    end(Ending.CUT);
    wire().eventLoop().execute(() -> close(reset));
  }

  private void close(boolean reset) {
    if (reset) {
      wire().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    wire().close();
  }

  private io.netty.channel.Channel wire() {
    return ((HttpServerConnection) request.connection()).channelHandlerContext().channel();
  }

  private void end(Ending ending) {
    if (!over) {
      over = true;
      ended.accept(ending);
    }
  }

  private static long millis(Duration time) {
    return Math.max(1, time.toMillis());
  }
}
